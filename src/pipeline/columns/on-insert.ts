import type { OnInsertRule } from '../../record/column.js'

/** A value that new rows get, such as `createdAt`. It is never a difference and never written again. */
export function onInsert<Compute extends (record: never) => unknown>(
  compute: Compute,
): OnInsertRule<Compute> {
  return { kind: 'on-insert', compute }
}
