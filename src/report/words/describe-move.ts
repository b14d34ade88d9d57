import type { ListedSequence, SequencesReport } from '../../run/command-reports.js'

/** `users.id: max 15, next 16` */
export function describeMove({ table, column, max, next }: SequencesReport['moved'][number]): string {
  return `${table}.${column}: max ${max}, next ${next}`
}

/** How a sequence stands, for people. */
export const sequenceStates: Readonly<Record<ListedSequence['state'], string>> = {
  ok: 'ok',
  behind: 'behind',
  missing: 'missing',
  unknown: 'not readable',
  exhausted_soon: 'exhausted soon',
  not_owned: 'not owned',
}
