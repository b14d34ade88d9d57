import type { TargetTable } from './table.js'

/** Unique keys that no update changes: those over a column of the row key. */
export function fixedKeys({ uniqueKeys, rowKey }: TargetTable): string[] {
  return uniqueKeys
    .filter((key) => key.columns.some((column) => rowKey.includes(column)))
    .map((key) => key.name)
}
