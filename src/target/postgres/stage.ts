import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { textArrayOf } from './text-array.js'

/** What is staged: a record, or what is to be done for it. */
interface StageRow {
  readonly ordinal: number
  readonly values: readonly (string | null)[]
}

/** A column that travels beside the table's own: `[name, type, value of a row]`. */
export type ExtraColumn<Row> = readonly [name: string, type: string, textOf: (row: Row) => string | null]

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
export function stageSql<Row extends StageRow>(
  table: TargetTable,
  columns: readonly string[],
  rows: readonly Row[],
  extras: readonly ExtraColumn<Row>[] = [],
): StageSql {
  const casts = castsOf(table)
  // What is the same in every row travels once.
  const uniform = extras.filter(([, , textOf]) => isUniform(rows, textOf))
  const varying = extras.filter((extra) => !uniform.includes(extra))
  const arrays = [
    {
      type: 'int',
      alias: 'ordinal',
      select: 's.ordinal as carryover_ordinal',
      param: `{${rows.map((row) => row.ordinal).join(',')}}`,
    },
    ...varying.map(([name, type, textOf], index) => ({
      type: 'text',
      alias: `x${index}`,
      select: `s.x${index}::${type} as ${quoteName(name)}`,
      param: textArrayOf(rows, textOf),
    })),
    ...columns.map((column, index) => ({
      type: 'text',
      alias: `c${index}`,
      select: `s.c${index}::${casts.get(column) ?? 'text'} as ${quoteName(column)}`,
      param: textArrayOf(rows, (row) => row.values[index] ?? null),
    })),
  ]
  const constants = uniform.map(
    ([name, type], index) => `$${arrays.length + index + 1}::${type} as ${quoteName(name)}`,
  )
  return {
    sql: `select ${[...arrays.map((array) => array.select), ...constants].join(', ')}
            from unnest(${arrays.map((array, index) => `$${index + 1}::${array.type}[]`).join(', ')})
              as s(${arrays.map((array) => array.alias).join(', ')})`,
    params: [
      ...arrays.map((array) => array.param),
      ...uniform.map(([, , textOf]) => (rows[0] === undefined ? null : textOf(rows[0]))),
    ],
  }
}

function isUniform<Row>(rows: readonly Row[], textOf: (row: Row) => string | null): boolean {
  const first = rows[0] && textOf(rows[0])
  return rows.every((row) => textOf(row) === first)
}

/** Column name → the type it is cast to. */
export function castsOf(table: TargetTable): Map<string, string> {
  return new Map(table.columns.map((column) => [column.name, column.cast]))
}
