import { openTarget } from '../target/open-target.js'
import { openPlanned } from '../target/planned/open-planned.js'
import { execute } from './execute.js'
import { newRun } from './new-run.js'
import type { PlanOptions } from './options.js'
import type { RunReport } from './run-report.js'
import { requireLabels } from './require-labels.js'
import { runUnits } from './run-units.js'
import { targetOptions } from './target-options.js'

/** Changes a plan shows for each pipeline when nobody says how many. */
const defaultChanges = 50

/**
 * Computes everything a run would do and writes nothing, with the code of a run. With `rehearse` it is executed in a
 * transaction that is rolled back, so that triggers and constraints speak too; numbers that sequences hand out meanwhile
 * are not taken back by the database.
 */
export async function plan(options: PlanOptions = {}): Promise<RunReport> {
  const rehearse = options.rehearse ?? false
  return execute(options, {
    command: 'plan',
    dryRun: true,
    shownChanges: options.changes ?? defaultChanges,
    before: requireLabels,
    all: runUnits,
    open: async (settings) => {
      const target = await openTarget(
        settings.databaseUrl,
        settings.cwd,
        targetOptions(settings, rehearse ? { rehearsal: true } : { readOnly: true }),
      )
      return rehearse ? target : openPlanned(target)
    },
    around: async ({ target, pipelines, work }) => {
      if (!rehearse) return work(0)
      await target.ledger.prepare()
      const names = pipelines.map((pipeline) => pipeline.name)
      return work(await target.ledger.beginRun(newRun('plan', names, new Date(), options.env ?? process.env)))
    },
  })
}
