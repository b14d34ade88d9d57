import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Reject } from '../record/reject.js'
import type { Batch } from '../target/batch.js'
import type { RejectRow } from '../target/ledger.js'
import { claimKeys } from './claim-keys.js'
import { compareRows } from './compare-rows.js'
import { encodeBatch } from './encode-batch.js'
import { openPipeline } from './open-pipeline.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import { resolveReferences } from './resolve-references.js'
import type { RunContext } from './run-context.js'
import type { PipelineRun } from './run-pipeline.js'
import { noStubs } from './stub-answers.js'
import { countReject, countWarning } from './tally.js'
import {
  check,
  entriesHaveRows,
  outcomesAddUp,
  referencesResolve,
  sequencesAreAhead,
} from './verify-pipeline.js'

/** What is counted beside the outcomes. */
interface Findings {
  /** Records that must be in the ledger, and those that are, as they stand in the source. */
  expected: number
  applied: number
  /** Rows that were compared, and those that hold the values of their record. */
  compared: number
  holding: number
}

/** Compares one pipeline's source with the target, and writes nothing. */
export async function verifySource(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineRun> {
  const { state, eachChunk, report } = await openPipeline(context, pipeline, position)
  const open = await context.target.ledger.rejects({ pipelines: [pipeline.name] })
  // A second record of a key says nothing of the first, which is the one that is asked for.
  const own = open.filter((reject) => reject.code !== 'duplicate_key')
  const refused = new Map(own.map((reject) => [reject.legacyKey, reject]))
  const findings: Findings = { expected: 0, applied: 0, compared: 0, holding: 0 }
  await eachChunk(async (chunk) => {
    const { first, rejected } = claimKeys(state.seen, chunk)
    for (const item of rejected) countReject(state.tally, item)
    const asked: MappedLegacy[] = []
    for (const record of first) {
      const known = refused.get(record.legacyKey)
      if (known === undefined) asked.push(record)
      else countReject(state.tally, { ...record, reject: rejectOf(known) })
    }
    await context.target.inBatch((batch) => compareBatch(state, batch, asked, findings))
  })
  const checks = [
    outcomesAddUp(state),
    check('records', findings.expected, findings.applied),
    await entriesHaveRows(state),
    check('values', findings.compared, findings.holding),
    await referencesResolve(state),
    await sequencesAreAhead(state),
  ]
  return { isOpen: false, finish: async () => ({ report: report(checks), sequences: [] }) }
}

async function compareBatch(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  findings: Findings,
): Promise<void> {
  const { prepared, tally } = state
  const resolution = await resolveReferences(
    state,
    batch,
    // What a run left empty in a circle is empty now, and no reject.
    records.map((record) => ({ ...record, completing: { outcome: 'unchanged', adopted: false } })),
    true,
    noStubs,
  )
  const { encoded, rejected } = encodeBatch(prepared, resolution.ready)
  for (const item of [...resolution.rejected, ...rejected]) countReject(tally, item)
  const recall = await batch.recall(prepared.pipeline.name, prepared.table, encoded)
  const rowKeys = await batch.resolve(
    prepared.pipeline.name,
    prepared.table,
    encoded.map((record) => record.legacyKey),
  )
  const comparable = encoded.filter((record) => recall.settled.has(record.ordinal))
  const keys = new Map(comparable.map((record) => [record.ordinal, rowKeys.get(record.legacyKey) as string]))
  const differing = await compareRows(batch, prepared, comparable, keys)
  for (const record of encoded) {
    const known = recall.known.get(record.ordinal)
    const alias = known !== undefined && known.role !== 'owner' && known.sameFingerprint
    findings.expected += 1
    if (recall.settled.has(record.ordinal) || alias) findings.applied += 1
    else countWarning(tally, 'not_applied', undefined)
    if (alias) tally.outcomes[known.role === 'alias' ? 'duplicate' : 'kept'] += 1
    else tally.outcomes[differing.has(record.ordinal) ? 'kept' : 'unchanged'] += 1
    for (const difference of differing.get(record.ordinal) ?? [])
      countWarning(tally, 'row_edited', difference.column)
  }
  findings.compared += comparable.length
  findings.holding += comparable.length - differing.size
}

/** A reject as the ledger has it. */
function rejectOf({ code, column, message }: RejectRow): Reject {
  return { code: code as Reject['code'], message, ...(column === null ? {} : { column }) }
}
