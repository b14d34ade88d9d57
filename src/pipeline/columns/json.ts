import type { JsonRule } from '../../record/column.js'

/** The field as it is, for a `json` or `jsonb` column. */
export function json<const Field extends string>(field: Field): JsonRule<Field> {
  return { kind: 'json', field }
}
