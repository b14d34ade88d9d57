import { TargetError, UsageError } from '../errors.js'
import type { Target } from '../target/target.js'
import { asOnlyRun } from './as-only-run.js'
import type { UndoReport } from './command-reports.js'
import type { Outcome } from './judge.js'
import { LaterRunsError } from './later-runs-error.js'
import { newRun } from './new-run.js'
import type { CommonOptions, RunOptions } from './options.js'
import { takeBackRuns, type TakenBack } from './take-back-runs.js'
import { withEndNoted } from './with-end-noted.js'
import { withLedger } from './with-ledger.js'

/** Options of `undo`. */
export interface UndoOptions
  extends
    CommonOptions,
    Pick<RunOptions, 'waitMs' | 'onWait' | 'lockTimeoutMs' | 'statementTimeoutMs' | 'timeoutMs'> {
  /** The run to undo. */
  runId: number
  /** Undo later runs that built on it too, the last one first. */
  withLater?: boolean
  /** Do it in a transaction that is rolled back. */
  dryRun?: boolean
  /** Asked before anything is written; false ends it. */
  confirm?: () => Promise<boolean>
}

/**
 * Takes back what a run did to the rows and to the ledger, and leaves alone what was edited afterwards. Needs no pipeline file.
 * A run of its own, in one transaction: a crash leaves nothing half undone.
 */
export async function undo(options: UndoOptions): Promise<UndoReport> {
  const report: UndoReport = {
    schemaVersion: 1,
    command: 'undo',
    runId: null,
    undoes: [],
    status: 'ok',
    exitCode: 0,
    dryRun: options.dryRun === true,
    target: null,
    rows: { restored: 0, deleted: 0, inserted: 0 },
    left: [],
    errors: [],
  }
  // Only read at first: a SQLite file that is not there is not to be made.
  await withLedger(options, report, async (target) => {
    report.target = { ...target.info }
    await requireUndoable(target, options.runId)
    const isSure = report.dryRun || options.confirm === undefined || (await options.confirm())
    if (!isSure) throw notConfirmed(options.runId)
  })
  if (report.errors.length > 0) return report
  if (report.dryRun) {
    const rehearse: Work = async (target, _, signal) => {
      await target.ledger.prepare()
      const runIds = await undoableRuns(target, options)
      const by = await target.ledger.beginRun(newRun('undo', [], new Date(), {}, null))
      Object.assign(report, await takeBackAll(target, runIds, by, options, signal))
    }
    return withLedger(options, report, rehearse, { rehearsal: true })
  }
  const takeBack: Work = (target, settings, signal) => {
    const frame = { target, settings, pipelines: [], signal, definitions: async () => null }
    let runIds: readonly number[] = []
    return asOnlyRun('undo', frame, options, {
      before: async () => void (runIds = await undoableRuns(target, options)),
      work: (by) => {
        report.runId = by
        return finished(target, by, report, () => takeBackAll(target, runIds, by, options, signal))
      },
    })
  }
  return withLedger(options, report, takeBack, {})
}

type Work = Parameters<typeof withLedger>[2]

/** The runs to take back: somebody else may have been here since they were asked for. */
async function undoableRuns(target: Target, { runId, withLater }: UndoOptions): Promise<readonly number[]> {
  await requireUndoable(target, runId)
  return withLaterRuns(target, [runId], withLater === true)
}

/** Puts what was done into the report, and the end into the ledger. */
async function finished(
  target: Target,
  runId: number,
  report: UndoReport,
  work: () => Promise<TakenBack & Pick<UndoReport, 'undoes'>>,
): Promise<void> {
  const note = ({ status, exitCode }: Outcome) => {
    const { undoes, rows, left } = report
    const summary = JSON.stringify({ undoes, rows, left: left.length })
    return target.ledger.finishRun(runId, { status, exitCode, finishedAt: new Date(), summary })
  }
  await withEndNoted(note, async () => {
    Object.assign(report, await work())
    return { status: 'ok', exitCode: 0 }
  })
}

/** Takes back the runs, and with them those that only show on the way to have built on them. */
async function takeBackAll(
  target: Target,
  runIds: readonly number[],
  by: number,
  options: UndoOptions,
  signal: AbortSignal,
): Promise<TakenBack & Pick<UndoReport, 'undoes'>> {
  try {
    const taken = await takeBackRuns(target, runIds, by, signal)
    return { ...taken, undoes: runIds.toSorted((one, other) => other - one) }
  } catch (error) {
    if (!(error instanceof LaterRunsError) || options.withLater !== true) throw error
    const more = await withLaterRuns(target, [...runIds, ...error.runIds], true)
    return takeBackAll(target, more, by, options, signal)
  }
}

/**
 * These runs and the later ones that wrote on what they wrote.
 * @throws LaterRunsError when there are some and they are to stay
 */
async function withLaterRuns(
  target: Target,
  runIds: readonly number[],
  withLater: boolean,
): Promise<readonly number[]> {
  const later = await target.inBatch((batch) => batch.history.laterRuns(runIds))
  if (later.length === 0) return runIds
  if (!withLater) throw new LaterRunsError(Math.min(...runIds), later)
  return withLaterRuns(target, [...runIds, ...later], withLater)
}

/**
 * Answers when the run is there and stands.
 * @throws UsageError `undo.run`, TargetError `undo.unknown_run`, `undo.already_undone`, `undo.of_undo`
 */
async function requireUndoable(target: Target, runId: number): Promise<void> {
  if (!Number.isSafeInteger(runId) || runId < 1)
    throw new UsageError('undo.run', 'The number of a run was expected, 1 or more.', { hint: seeRuns })
  const [run] = await target.ledger.runs({ runId, limit: 1 })
  if (run === undefined)
    throw new TargetError('undo.unknown_run', `The ledger of this database has no run ${runId}.`, {
      hint: `${seeRuns} Is it the right database?`,
    })
  if (run.undoneBy !== null)
    throw new TargetError('undo.already_undone', `Run ${runId} was undone by run ${run.undoneBy} already.`, {
      hint: seeRuns,
    })
  if (run.command === 'undo')
    throw new TargetError('undo.of_undo', `Run ${runId} is an undo, which is not undone in turn.`, {
      hint: 'Run the pipelines again: they apply what was taken back.',
    })
}

const seeRuns = '`carryover runs` lists the runs of this database.'

function notConfirmed(runId: number): UsageError {
  return new UsageError('usage.confirm', `The undo of run ${runId} was not confirmed: nothing was written.`, {
    hint: 'Look at it with --dry-run, then answer y; add --yes where nobody can be asked.',
  })
}
