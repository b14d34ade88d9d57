import type { UniqueKey } from './table.js'

/** A key takes part when all its members are given; columns that its predicate alone reads may be left to the database. */
export function takesPart(key: UniqueKey, given: readonly string[]): boolean {
  return key.columns.every(
    (column) => given.includes(column) || !key.parts.some((part) => part.includes(column)),
  )
}
