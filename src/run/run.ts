import { openTarget } from '../target/open-target.js'
import { planOptions, refuseStale } from './apply-plan.js'
import { asOnlyRun } from './as-only-run.js'
import { execute, type Frame } from './execute.js'
import type { ApplyOptions } from './options.js'
import { notSavedError } from './not-saved-error.js'
import { readPlanFile } from './plan-file.js'
import { olderDefinitions } from './older-definitions.js'
import { requireLabels } from './require-labels.js'
import type { Outcome } from './judge.js'
import { runUnits } from './run-units.js'
import { targetOptions } from './target-options.js'
import type { RunReport } from './run-report.js'
import type { SavedPlan } from './saved-plan.js'
import { withEndNoted } from './with-end-noted.js'

/**
 * Applies the pipelines to the database, then verifies; with `plan` only if that saved plan is what would be done.
 *
 * Answers the report that `--json` prints. A missing table, a wrong definition or a database that is down comes back in its
 * `errors` with status `failed`; only a defect of carryover is thrown.
 */
export async function run(options: ApplyOptions = {}): Promise<RunReport> {
  const { plan } = options
  let saved: SavedPlan | undefined
  return execute(options, {
    command: 'run',
    dryRun: false,
    shownChanges: 0,
    replays: options.rejects === true,
    completeOptions: async () => {
      if (plan === undefined) return options
      if (options.rejects === true) throw notSavedError('replay')
      saved = await readPlanFile(options.cwd ?? process.cwd(), plan)
      return planOptions(options, saved)
    },
    before: requireLabels,
    all: runUnits,
    open: (settings, signal) =>
      openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal)),
    around: (frame) =>
      asOnlyRun(options.rejects === true ? 'run --rejects' : 'run', frame, options, {
        before: async (definitions) => {
          const names = frame.pipelines.map((pipeline) => pipeline.name)
          const older = frame.settings.allowOlder
            ? undefined
            : await olderDefinitions(frame.target.ledger, definitions, names)
          if (older !== undefined) throw older
          if (plan !== undefined && saved !== undefined) await refuseStale(plan, saved, frame, definitions)
        },
        work: (runId) => finished(frame, runId),
      }),
  })
}

/** Runs the pipelines and writes the end of the run into the ledger. */
export function finished(frame: Frame, runId: number): Promise<Outcome> {
  const note = ({ status, exitCode }: Outcome) => {
    const finishedAt = new Date()
    return frame.target.ledger.finishRun(runId, { status, exitCode, finishedAt, summary: frame.summary() })
  }
  return withEndNoted(note, () => frame.work(runId))
}
