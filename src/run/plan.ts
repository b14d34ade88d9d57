import { randomUUID } from 'node:crypto'
import { openTarget } from '../target/open-target.js'
import { newDecisions } from './decisions.js'
import { execute, type Frame } from './execute.js'
import { newRun } from './new-run.js'
import { olderDefinitions } from './older-definitions.js'
import { notSavedError } from './not-saved-error.js'
import { openForPlan } from './open-for-plan.js'
import type { PlanOptions } from './options.js'
import type { Outcome } from './judge.js'
import type { RunReport } from './run-report.js'
import { requireLabels } from './require-labels.js'
import { runUnits } from './run-units.js'
import { planGround, savePlan, type PlanGround } from './save-plan.js'
import { targetOptions } from './target-options.js'

/** Changes a plan shows for each pipeline when nobody says how many. */
const defaultChanges = 50

/**
 * Computes everything a run would do and writes nothing, with the code of a run. With `rehearse` it is executed in a
 * transaction that is rolled back, so that triggers and constraints speak too; numbers that sequences hand out meanwhile
 * are not taken back by the database. With `out` it is saved, for `run` to apply it as long as nothing has changed.
 *
 * That a run would be refused for older definitions is told in `errors`; the plan goes on, and its exit code says nothing of it.
 */
export async function plan(options: PlanOptions = {}): Promise<RunReport> {
  const { rehearse = false, out } = options
  const salt = randomUUID()
  const decisions = out === undefined ? undefined : { ...newDecisions(salt), salt }
  let ground: PlanGround | undefined
  const report = await execute(options, {
    command: 'plan',
    dryRun: true,
    shownChanges: options.changes ?? defaultChanges,
    replays: options.rejects === true,
    decisions,
    completeOptions: async () => {
      if (out !== undefined && rehearse) throw notSavedError('rehearsal')
      if (out !== undefined && options.rejects === true) throw notSavedError('replay')
      return options
    },
    before: requireLabels,
    all: runUnits,
    open: (settings, signal) =>
      rehearse
        ? openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal, { rehearsal: true }))
        : openForPlan(settings, signal),
    around: async (frame) => {
      if (decisions !== undefined) ground = await planGround(frame)
      const outcome = rehearse ? await rehearsed(frame, options) : await frame.work(0)
      await tellOlder(frame)
      return outcome
    },
  })
  const isWhole = report.status === 'ok' || report.status === 'rejects'
  if (out === undefined || decisions === undefined || ground === undefined || !isWhole) return report
  return savePlan(report, { ...options, out }, ground, decisions)
}

async function rehearsed({ target, pipelines, work }: Frame, options: PlanOptions): Promise<Outcome> {
  await target.ledger.prepare()
  const names = pipelines.map((pipeline) => pipeline.name)
  return work(
    await target.ledger.beginRun(newRun('plan', names, new Date(), options.env ?? process.env, null)),
  )
}

async function tellOlder({ target, settings, pipelines, definitions, tell }: Frame): Promise<void> {
  if (settings.allowOlder) return
  const names = pipelines.map((pipeline) => pipeline.name)
  const older = await olderDefinitions(target.ledger, await definitions(), names)
  if (older !== undefined) tell(older)
}
