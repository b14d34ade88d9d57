import type { Outcomes } from '../../run/run-report.js'
import { count } from './amount.js'

/** The outcomes in the order every report shows them. */
export const outcomeNames = [
  'inserted',
  'updated',
  'unchanged',
  'kept',
  'duplicate',
  'skipped',
  'rejected',
  'removed',
] as const satisfies readonly (keyof Outcomes)[]

export type OutcomeName = (typeof outcomeNames)[number]

const plannedWords: Partial<Record<OutcomeName, string>> = {
  inserted: 'to insert',
  updated: 'to update',
  removed: 'to remove',
}

/** An outcome's word; a plan says `to insert` where a run says `inserted`. */
export function outcomeWord(name: OutcomeName, planned: boolean): string {
  return (planned ? plannedWords[name] : undefined) ?? name
}

/** The outcomes that occurred at all. */
export function occurring(outcomes: Outcomes): OutcomeName[] {
  return outcomeNames.filter((name) => outcomes[name] > 0)
}

/** `298 unchanged, 14 rejected`, or `all unchanged` when there is but one outcome. */
export function outcomeWords(outcomes: Outcomes, planned: boolean, rejectedNote = ''): string {
  const names = occurring(outcomes)
  return names
    .map((name) => {
      const all = names.length === 1 && name !== 'removed' && outcomes[name] > 1
      const note = name === 'rejected' ? rejectedNote : ''
      return `${all ? 'all' : count(outcomes[name])} ${outcomeWord(name, planned)}${note}`
    })
    .join(', ')
}
