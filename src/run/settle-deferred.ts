import type { Phase } from '../record/match-record.js'
import { referenceGroups } from '../record/reference-groups.js'
import { exchangeValues } from './exchange-values.js'
import { orderByNeed } from './order-by-need.js'
import { elementReferences, ownReferences } from './own-references.js'
import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import { settleRecords } from './settle-records.js'
import { lastCounts } from './succession.js'
import { surveyDeferred, type Waiting } from './survey-deferred.js'

/**
 * Settles what waited for the end of the source. As long as some of it gets on: who is referred to goes before those that refer to
 * it, and whoever gives a value up before those that want it; then those that take each other's values go together; then circles of
 * references are opened where their columns may be null; then the last of several records takes the row over, where it counts.
 * What is left when nobody gets on any more is decided for good; before what is gone from the source is removed (`closing`),
 * whoever wants a value of that is left waiting.
 */
export async function settleDeferred(
  state: PipelineState,
  batchRecords: number,
  last: 'closing' | 'final',
): Promise<void> {
  state.sourceRead = true
  state.held.clear()
  while (state.deferred.size > 0) {
    const records = parentsFirst(state)
    const survey = await surveyDeferred(state, records, batchRecords)
    if (await getsOn(state, batchRecords, 'reading', inOrder(records, survey))) continue
    if (await exchangeValues(state, survey, batchRecords)) continue
    const marked = records.map((record) => withCircle(state, record))
    const opened = marked.filter(({ circle }) => circle?.kind === 'nullable')
    if (await getsOn(state, batchRecords, 'reading', opened)) continue
    // The last record comes first, so that the row changes hands once.
    const lastFirst = marked.toSorted((a, b) => b.ordinal - a.ordinal)
    if (lastCounts(state) && (await getsOn(state, batchRecords, 'taking', lastFirst))) continue
    if (!(await getsOn(state, batchRecords, last, marked)) && last === 'closing') return
    state.held.clear()
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
  for (const page of pagesOf(records, batchRecords)) await settleRecords(state, page, [], phase)
  return state.deferred.size < before
}

/** Those who wait in the order of the source, but who is referred to before those that refer to it. */
function parentsFirst(state: PipelineState): MappedLegacy[] {
  const waiting = [...state.deferred.values()]
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map((record): MappedLegacy => ({ ...record, circle: undefined }))
  const refersTo = ownReferences(state.prepared, waiting)
  const elementsReferTo = elementReferences(state.prepared, waiting)
  const groups = referenceGroups(waiting, (record) => [
    ...refersTo(record).map(({ to }) => to),
    ...elementsReferTo(record),
  ])
  return groups.flatMap(({ members }) => members)
}

function withCircle(state: PipelineState, record: MappedLegacy): MappedLegacy {
  const circle = state.circles.circleOf(record)
  return circle === undefined ? record : { ...record, circle }
}

/** In the order given, but whoever gives a value up before those that wait for it: a chain is settled in one go. */
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
