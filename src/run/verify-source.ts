import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Reject } from '../record/reject.js'
import type { RejectRow } from '../target/ledger.js'
import { claimKeys } from './claim-keys.js'
import { compareBatch, type Findings } from './compare-batch.js'
import { openPipeline } from './open-pipeline.js'
import { placeOf, type MappedLegacy } from './records.js'
import type { RunContext } from './run-context.js'
import type { PipelineRun } from './run-pipeline.js'
import { countReject } from './tally.js'
import {
  check,
  entriesHaveRows,
  outcomesAddUp,
  referencesResolve,
  sequencesAreAhead,
} from './verify-pipeline.js'

/** Compares one pipeline's source with the target, and writes nothing. */
export async function verifySource(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineRun> {
  const { state, eachChunk, report, clock } = await openPipeline(context, pipeline, position)
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
      else countReject(state.tally, { ...placeOf(record), reject: rejectOf(known) })
    }
    const count = await context.target.inBatch((batch) => compareBatch(state, batch, asked, findings))
    count()
  })
  const checks = [
    outcomesAddUp(state),
    check('records', findings.expected, findings.applied),
    await entriesHaveRows(state),
    check('values', findings.compared, findings.holding),
    await referencesResolve(state),
    await sequencesAreAhead(state),
  ]
  const result = { report: report(checks), sequences: [], fault: state.fault }
  clock.hold()
  return {
    pipeline,
    tally: state.tally,
    isOpen: false,
    complete: () => Promise.resolve(),
    overLimit: undefined,
    removeMissing: () => Promise.resolve(false),
    waiting: () => 0,
    decideWaiting: () => Promise.resolve(),
    keepMissing: () => undefined,
    verify: () => Promise.resolve(result.report.verification.ok),
    takeBack: () => undefined,
    finish: () => Promise.resolve(result),
  }
}

/** A reject as the ledger has it. */
function rejectOf({ code, column, message }: RejectRow): Reject {
  return { code: code as Reject['code'], message, ...(column === null ? {} : { column }) }
}
