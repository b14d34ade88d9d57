import { isDeepStrictEqual } from 'node:util'
import { StaleError, UsageError } from '../errors.js'
import type { Definitions } from '../pipeline/definitions.js'
import { movedGround, movedRecords } from './compare-plan.js'
import { newDecisions } from './decisions.js'
import type { Frame } from './execute.js'
import { openForPlan } from './open-for-plan.js'
import type { ApplyOptions } from './options.js'
import type { SavedPlan } from './saved-plan.js'
import { toolVersion } from './tool-version.js'

/**
 * The options of a run as the plan has them.
 * @throws UsageError `usage.plan_selection` when the caller asks for something else
 */
export function planOptions(options: ApplyOptions, saved: SavedPlan): ApplyOptions {
  const { only = saved.only, policies = saved.policies } = options
  const isSame =
    isDeepStrictEqual(only.toSorted(), saved.only.toSorted()) && isDeepStrictEqual(policies, saved.policies)
  if (isSame) return { ...options, only: saved.only, policies: saved.policies }
  throw new UsageError(
    'usage.plan_selection',
    `The plan was made for ${saved.only.length === 0 ? 'all pipelines' : saved.only.join(', ')} and its own policies; others are asked for.`,
    { hint: 'Leave names and policies out: the plan has them. Or plan again.' },
  )
}

/**
 * Computes a saved plan again and lets it pass when nothing has moved.
 * @throws StaleError `plan.stale` naming what has
 */
export async function refuseStale(
  file: string,
  saved: SavedPlan,
  frame: Frame,
  definitions: Definitions,
): Promise<void> {
  const { target, settings } = frame
  const moved = movedGround(saved, target.info, definitions, toolVersion())
  if (moved.length === 0) moved.push(...(await movedSince(saved, frame)))
  if (moved.length === 0) return
  const [last] = await target.ledger.runs({ limit: 1 })
  if (last !== undefined && last.id !== saved.lastRun)
    moved.push(`run ${last.id} (${last.startedAt}) was made since`)
  throw new StaleError(
    'plan.stale',
    [
      `The plan ${file} of ${saved.createdAt} is out of date; nothing was written.`,
      ...moved.map((line) => `- ${line}`),
    ].join('\n'),
    { hint: `Plan again, and look at what has changed: \`carryover plan --out ${file}\`.` },
  )

  async function movedSince(plan: SavedPlan, { foresee, signal }: Frame): Promise<string[]> {
    const listed = new Map(plan.pipelines.map(({ name, records }) => [name, new Map(records)]))
    const decisions = newDecisions(plan.salt, (pipeline) => listed.get(pipeline) ?? null)
    const planned = await openForPlan(settings, signal)
    try {
      return movedRecords(plan, await foresee(planned, decisions), decisions)
    } finally {
      await planned.close()
    }
  }
}
