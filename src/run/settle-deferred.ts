import type { Phase } from '../record/match-record.js'
import { exchangeValues } from './exchange-values.js'
import { orderByNeed } from './order-by-need.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import { settleRecords } from './settle-records.js'
import { surveyDeferred, type Waiting } from './survey-deferred.js'

/**
 * Settles what waited for the end of the source. As long as some of it gets on: whoever gives a value up goes before those that
 * want it; then those that take each other's values go together; then the last of several records takes the row over, where it
 * counts. What is left when nobody gets on any more is decided for good.
 */
export async function settleDeferred(state: PipelineState, batchRecords: number): Promise<void> {
  state.sourceRead = true
  const lastCounts = state.prepared.pipeline.policies.duplicates === 'last'
  while (state.deferred.size > 0) {
    const records = [...state.deferred.values()].toSorted((a, b) => a.ordinal - b.ordinal)
    const survey = await surveyDeferred(state, records, batchRecords)
    if (await getsOn(state, batchRecords, 'reading', inOrder(records, survey))) continue
    if (await exchangeValues(state, survey, batchRecords)) continue
    // The last record comes first, so that the row changes hands once.
    if (lastCounts && (await getsOn(state, batchRecords, 'taking', records.toReversed()))) continue
    await getsOn(state, batchRecords, 'final', records)
  }
}

/** Asks those who wait once more; answers whether some of them got on. */
async function getsOn(
  state: PipelineState,
  batchRecords: number,
  phase: Phase,
  records: readonly MappedLegacy[],
): Promise<boolean> {
  const before = state.deferred.size
  for (let start = 0; start < records.length; start += batchRecords)
    await settleRecords(state, records.slice(start, start + batchRecords), [], phase)
  return state.deferred.size < before
}

/** In the order of the source, but whoever gives a value up before those that wait for it: a chain is settled in one go. */
function inOrder(records: readonly MappedLegacy[], survey: readonly Waiting[]): readonly MappedLegacy[] {
  if (survey.length === 0) return records
  const given = new Map(records.map((record) => [record.ordinal, record]))
  const holders = new Map(
    survey.flatMap((item) => (item.hasRow ? [[item.rowKey, item.ordinal] as const] : [])),
  )
  const wants = new Map(survey.map((item) => [item.ordinal, item.wants]))
  return orderByNeed(records, ({ ordinal }) =>
    (wants.get(ordinal) ?? []).flatMap(({ rowKey }) => {
      const holder = given.get(holders.get(rowKey) ?? -1)
      return holder === undefined ? [] : [holder]
    }),
  )
}
