import type { Batch } from '../target/batch.js'
import { encodeBatch } from './encode-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy, MappedLegacy } from './records.js'
import { elementsOf, resolveFamily } from './resolve-family.js'
import { stagedOf } from './staged-of.js'
import { noStubs } from './stub-answers.js'
import { countReject, countWarning } from './tally.js'

/** What a verification counts beside the outcomes. */
export interface Findings {
  /** Records that must be in the ledger, and those that are, as they stand in the source. */
  expected: number
  applied: number
  /** Rows that were compared, and those that hold the values of their record. */
  compared: number
  holding: number
}

/** What is to be counted when the transaction has come to its end: until then it may be tried again. */
type Counts = (() => void)[]

/**
 * Compares records of the source with the ledger and with their rows, and so their children; writes nothing.
 * Answers what counts the findings.
 */
export async function compareBatch(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  findings: Findings,
): Promise<() => void> {
  const { prepared, tally } = state
  const counts: Counts = []
  const resolution = await resolveFamily(
    state,
    batch,
    // What a run left empty in a circle is empty now, and no reject.
    records.map((record) => ({ ...record, completing: { outcome: 'unchanged', adopted: false } })),
    { final: true, mayMove: () => false, askStubs: noStubs },
  )
  const { encoded, rejected } = encodeBatch(prepared, resolution.ready)
  const recall = await batch.recall(prepared.pipeline.name, prepared.table, encoded)
  const settled = encoded.filter((record) => recall.settled.has(record.ordinal))
  const edited = await compareRows(state, batch, prepared, settled, findings, counts)
  const editedBelow = await compareChildren(state, batch, prepared, settled, findings, counts)
  return () => {
    for (const item of [...resolution.rejected, ...rejected]) countReject(tally, item)
    for (const count of counts) count()
    for (const record of encoded) {
      const known = recall.known.get(record.ordinal)
      const alias = known !== undefined && known.role !== 'owner' && known.sameFingerprint
      findings.expected += 1
      if (recall.settled.has(record.ordinal) || alias) findings.applied += 1
      else countWarning(tally, 'not_applied', undefined)
      const kept = edited.has(record) || editedBelow.has(record)
      if (alias) tally.outcomes[known.role === 'alias' ? 'duplicate' : 'kept'] += 1
      else tally.outcomes[kept ? 'kept' : 'unchanged'] += 1
    }
  }
}

/** Records whose row does not hold their values. */
async function compareRows(
  state: PipelineState,
  batch: Batch,
  prepared: PreparedPipeline,
  records: readonly EncodedLegacy[],
  findings: Findings,
  counts: Counts,
): Promise<Set<EncodedLegacy>> {
  const { pipeline, table } = prepared
  const rowKeys = await batch.resolve(
    pipeline.name,
    table,
    records.map((record) => record.legacyKey),
  )
  const keys = new Map(
    records.map((record) => [record.ordinal, rowKeys.get(record.legacyKey)?.rowKey as string]),
  )
  // The key of the row above is not the element's own.
  const compared = prepared.columns
    .filter((column) => prepared.compared.includes(column.name) && column.rule.kind !== 'parent')
    .map((column) => column.name)
  const differing = await batch.differences(stagedOf(prepared, records, compared), keys)
  counts.push(() => {
    for (const difference of [...differing.values()].flat())
      countWarning(state.tally, 'row_edited', difference.column)
    findings.compared += records.length
    findings.holding += records.length - differing.size
  })
  return new Set(records.filter((record) => differing.has(record.ordinal)))
}

/** Records some of whose children's rows do not hold their values, or are missing. */
async function compareChildren(
  state: PipelineState,
  batch: Batch,
  above: PreparedPipeline,
  records: readonly EncodedLegacy[],
  findings: Findings,
  counts: Counts,
): Promise<Set<EncodedLegacy>> {
  const touched = new Set<EncodedLegacy>()
  for (const [kind, child] of above.children.entries()) {
    const { elements, holders } = elementsOf(records, kind)
    const recall = await batch.recall(child.pipeline.name, child.table, elements)
    const settled = elements.filter((element) => recall.settled.has(element.ordinal))
    const edited = [
      ...(await compareRows(state, batch, child, settled, findings, counts)),
      ...(await compareChildren(state, batch, child, settled, findings, counts)),
    ]
    for (const element of edited) touched.add(holders[element.ordinal] as EncodedLegacy)
    counts.push(() => {
      findings.expected += elements.length
      findings.applied += settled.length
      for (const element of elements)
        if (!recall.settled.has(element.ordinal)) countWarning(state.tally, 'not_applied', undefined)
    })
  }
  return touched
}
