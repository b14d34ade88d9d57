import type { UuidFromRule } from '../../record/column.js'

/**
 * A UUID made from a legacy id: a UUID is kept (in lower case), anything else becomes a UUIDv5 of its text,
 * the same on every run and every machine. `7` and `'7'` give the same UUID.
 *
 * @param namespace a UUID of your own that keeps two systems with the same ids apart
 */
export function uuidFrom<const Field extends string>(field: Field, namespace?: string): UuidFromRule<Field> {
  return namespace === undefined ? { kind: 'uuid-from', field } : { kind: 'uuid-from', field, namespace }
}
