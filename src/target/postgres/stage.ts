import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { textArray } from './text-array.js'

/** A column that travels beside the table's own: `[name, type, value of each row]`. */
export type ExtraColumn = readonly [name: string, type: string, values: readonly (string | null)[]]

/** Rows as a `from` item, and the parameters it reads. */
export interface StageSql {
  /**
   * `select s.carryover_ordinal, …, s.c0::"pg_catalog"."uuid" as "id" from unnest($1::int[], …) as s(…)`:
   * the table's columns under their own names and types, so that the catalogue's expressions read them as they stand.
   */
  readonly sql: string
  readonly params: unknown[]
}

/**
 * Sends rows as one array a column. Types are cast without length or precision, which a cast would apply in silence:
 * the assignment to the table's column is what checks them.
 */
export function stageSql(
  table: TargetTable,
  columns: readonly string[],
  rows: readonly { readonly ordinal: number; readonly values: readonly (string | null)[] }[],
  extras: readonly ExtraColumn[] = [],
): StageSql {
  const casts = castsOf(table)
  // What is the same in every row travels once.
  const varying = extras.filter(([, , values]) => !isUniform(values))
  const uniform = extras.filter(([, , values]) => isUniform(values))
  const arrays = [
    {
      type: 'int',
      alias: 'ordinal',
      select: 's.ordinal as carryover_ordinal',
      literal: `{${rows.map((row) => row.ordinal).join(',')}}`,
    },
    ...varying.map(([name, type, values], index) => ({
      type,
      alias: `x${index}`,
      select: `s.x${index} as ${quoteName(name)}`,
      literal: textArray(values),
    })),
    ...columns.map((column, index) => ({
      type: 'text',
      alias: `c${index}`,
      select: `s.c${index}::${casts.get(column) ?? 'text'} as ${quoteName(column)}`,
      literal: textArray(rows.map((row) => row.values[index] ?? null)),
    })),
  ]
  const constants = uniform.map(
    ([name, type], index) => `$${arrays.length + index + 1}::${type} as ${quoteName(name)}`,
  )
  return {
    sql: `select ${[...arrays.map((array) => array.select), ...constants].join(', ')}
            from unnest(${arrays.map((array, index) => `$${index + 1}::${array.type}[]`).join(', ')})
              as s(${arrays.map((array) => array.alias).join(', ')})`,
    params: [...arrays.map((array) => array.literal), ...uniform.map(([, , values]) => values[0] ?? null)],
  }
}

function isUniform(values: readonly (string | null)[]): boolean {
  return values.every((value) => value === values[0])
}

/** Column name → the type it is cast to. */
export function castsOf(table: TargetTable): Map<string, string> {
  return new Map(table.columns.map((column) => [column.name, column.cast]))
}
