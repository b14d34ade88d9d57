import { openTarget } from '../target/open-target.js'
import { openPlanned, type PlannedTarget } from '../target/planned/open-planned.js'
import type { Settings } from './settings.js'
import { targetOptions } from './target-options.js'

/** The target, opened to be planned on: it is read alone. */
export async function openForPlan(settings: Settings, signal: AbortSignal): Promise<PlannedTarget> {
  const { databaseUrl, cwd } = settings
  return openPlanned(await openTarget(databaseUrl, cwd, targetOptions(settings, signal, { readOnly: true })))
}
