import type { RejectLimit } from '../pipeline/policies.js'

/** True when more records were rejected than a limit admits: `3`, or `'1%'` of the records read. */
export function exceedsLimit(rejected: number, records: number, limit: RejectLimit): boolean {
  if (typeof limit === 'number') return rejected > limit
  return rejected > (records * Number(limit.slice(0, -1))) / 100
}
