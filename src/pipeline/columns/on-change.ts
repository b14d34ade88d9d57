import type { OnChangeRule } from '../../record/column.js'

/** A value that new rows get and rows that change anyway, such as `updatedAt`. It is never a difference by itself. */
export function onChange<Compute extends (record: never) => unknown>(
  compute: Compute,
): OnChangeRule<Compute> {
  return { kind: 'on-change', compute }
}
