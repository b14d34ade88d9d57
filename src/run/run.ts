import { CarryoverError } from '../errors.js'
import { openTarget } from '../target/open-target.js'
import { execute, type Frame } from './execute.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'
import { reportError } from './report-error.js'
import { requireLabels } from './require-labels.js'
import type { Outcome } from './judge.js'
import { runUnits } from './run-units.js'
import { targetOptions } from './target-options.js'
import type { RunReport } from './run-report.js'

/**
 * Applies the pipelines to the database, then verifies.
 *
 * Answers the report that `--json` prints. A missing table, a wrong definition or a database that is down comes back in its
 * `errors` with status `failed`; only a defect of carryover is thrown.
 */
export async function run(options: RunOptions = {}): Promise<RunReport> {
  return execute(options, {
    command: 'run',
    dryRun: false,
    shownChanges: 0,
    before: requireLabels,
    all: runUnits,
    open: (settings) => openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings)),
    around: (frame) =>
      frame.target.withRunLock(frame.settings.waitMs, async () => {
        const { ledger } = frame.target
        await ledger.prepare()
        const names = frame.pipelines.map((pipeline) => pipeline.name)
        const runId = await ledger.beginRun(newRun('run', names, new Date(), options.env ?? process.env))
        return finished(frame, runId)
      }),
  })
}

/** Runs the pipelines and writes the end of the run into the ledger, however it ended. */
export async function finished(frame: Frame, runId: number): Promise<Outcome> {
  const finish = ({ status, exitCode }: Outcome) =>
    frame.target.ledger.finishRun(runId, {
      status,
      exitCode,
      finishedAt: new Date(),
      summary: frame.summary(),
    })
  try {
    const outcome = await frame.work(runId)
    await finish(outcome)
    return outcome
  } catch (error) {
    // The first error counts: when the database is gone, the run's end cannot be written either.
    if (error instanceof CarryoverError) await finish(reportError(error)).catch(() => undefined)
    throw error
  }
}
