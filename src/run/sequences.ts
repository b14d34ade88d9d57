import { CarryoverError } from '../errors.js'
import { sequenceState, type SequenceFacts } from '../target/sequence-facts.js'
import type { SequenceMove, Target } from '../target/target.js'
import { lockRequest } from './as-only-run.js'
import type { ListedSequence, SequencesReport } from './command-reports.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'
import { refuseUnknownSchemas } from './refuse-unknown-schemas.js'
import { reportError } from './report-error.js'
import { withLedger } from './with-ledger.js'

/** Options of `sequences`. */
export interface SequencesOptions extends RunOptions {
  /** Advance those that are behind their column. */
  fix?: boolean
  /** Only tables of these schemas. Default: all. */
  schemas?: readonly string[]
}

/**
 * Every sequence of the database beside its column; with `fix`, those that are behind are advanced, under the lock of a run and
 * beside live inserts, never backwards. Needs no pipeline file. One that cannot be advanced becomes an error of the report, and
 * the others are advanced all the same.
 */
export async function sequences(options: SequencesOptions = {}): Promise<SequencesReport> {
  const { fix = false, schemas = [] } = options
  const report: SequencesReport = {
    schemaVersion: 1,
    command: 'sequences',
    status: 'ok',
    exitCode: 0,
    errors: [],
    target: null,
    sequences: [],
    moved: [],
  }
  const list = async (target: Target) => {
    report.target = { ...target.info }
    await refuseUnknownSchemas(target.audit, schemas)
    report.sequences = (await target.audit.sequences(schemas)).map(listed)
  }
  // Only read at first, which needs no ledger: a SQLite file that is not there is not to be made.
  await withLedger(options, report, list, { readOnly: true, withoutLedger: true })
  if (!fix || !report.sequences.some(({ state }) => state === 'behind')) return report
  const repair: Parameters<typeof withLedger>[2] = async (target, settings, signal) => {
    const row = newRun('sequences', [], new Date(), options.env ?? process.env, null)
    await target.withRunLock(lockRequest(options, settings.waitMs, signal), () =>
      target.withLease({ ...row, processId: process.pid }, async () => {
        for (const facts of await target.audit.sequences(schemas)) await advance(target, facts, report)
      }),
    )
    await list(target)
  }
  return withLedger(options, report, repair, {})
}

async function advance(target: Target, facts: SequenceFacts, report: SequencesReport): Promise<void> {
  if (sequenceState(facts) !== 'behind') return
  try {
    const move = await target.advanceSequence(facts)
    if (move !== null) report.moved.push(withNext(move, facts))
  } catch (error) {
    if (!(error instanceof CarryoverError)) throw error
    const { error: reported, ...outcome } = reportError(error)
    Object.assign(report, outcome)
    report.errors.push({ ...reported, message: `${facts.table}.${facts.column}: ${reported.message}` })
  }
}

function withNext(move: SequenceMove, { max, step }: SequenceFacts): SequencesReport['moved'][number] {
  return { ...move, max: max ?? move.to, next: String(BigInt(move.to) + BigInt(step)) }
}

function listed(facts: SequenceFacts): ListedSequence {
  const { table, column, sequence, kind, max, last, next } = facts
  return { table, column, sequence, kind, max, last, next, state: sequenceState(facts) }
}
