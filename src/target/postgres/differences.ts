import type { Difference, Staged, StagedRow } from '../batch.js'
import type { TableColumn } from '../table.js'
import { canonicalText } from './canonical-text.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { stageSql, type ExtraColumn } from './stage.js'

/** In which columns these rows differ from the records, by the database's own types. Rows that are equal do not appear. */
export async function differences(
  session: Session,
  staged: Staged,
  rowKeys: ReadonlyMap<number, string>,
): Promise<Map<number, readonly Difference[]>> {
  const rows = staged.rows.filter((row) => rowKeys.has(row.ordinal))
  if (rows.length === 0 || staged.columns.length === 0) return new Map()
  const columns = columnsOf(staged)
  const stage = stageSql(staged.table, staged.columns, rows, [rowKeyColumn(rowKeys)])
  const answers = await session.query(
    `with stage as materialized (${stage.sql})
     select s.carryover_ordinal::text as ordinal,
            ${columns
              .map(
                (
                  column,
                  index,
                ) => `(${differs(column)})::text as d${index}, case when ${differs(column)} then ${printed(column)} end as v${index},
            case when ${differs(column)} then t.${quoteName(column.name)}::text end as s${index}`,
              )
              .join(',\n            ')}
       from stage s
       join ${staged.table.sql} t on ${isRow(staged.table, 't', 's.carryover_row_key')}
      where ${columns.map(differs).join(' or ')}`,
    stage.params,
  )
  return new Map(
    answers.map((row) => [
      Number(row['ordinal']),
      columns.flatMap((column, index) =>
        row[`d${index}`] === 'true'
          ? [
              {
                column: column.name,
                current: canonicalText(column.type, row[`v${index}`] ?? null),
                seen: row[`s${index}`] ?? null,
              },
            ]
          : [],
      ),
    ]),
  )
}

/** A value as `canonicalText` takes it: JSON as it stands, so that the text "1" is not taken for a number. */
function printed({ name, type }: TableColumn): string {
  return type.kind === 'json' ? `t.${quoteName(name)}::text` : `to_jsonb(t.${quoteName(name)}) #>> '{}'`
}

/** Ordinals of records whose row does not hold these values now, or is gone. */
export async function reread(
  session: Session,
  staged: Staged,
  rowKeys: ReadonlyMap<number, string>,
): Promise<number[]> {
  const rows = staged.rows.filter((row) => rowKeys.has(row.ordinal))
  if (rows.length === 0) return []
  const columns = columnsOf(staged)
  const stage = stageSql(staged.table, staged.columns, rows, [rowKeyColumn(rowKeys)])
  const answers = await session.query(
    `with stage as materialized (${stage.sql})
     select s.carryover_ordinal::text as ordinal
       from stage s
       left join ${staged.table.sql} t on ${isRow(staged.table, 't', 's.carryover_row_key')}
      where ${[`t.${quoteName(staged.table.rowKey[0] as string)} is null`, ...columns.map(differs)].join(' or ')}`,
    stage.params,
  )
  return answers.map((row) => Number(row['ordinal']))
}

function rowKeyColumn(rowKeys: ReadonlyMap<number, string>): ExtraColumn<StagedRow> {
  return ['carryover_row_key', 'text', ({ ordinal }) => rowKeys.get(ordinal) ?? null]
}

function columnsOf(staged: Staged): TableColumn[] {
  return staged.columns.map(
    (name) => staged.table.columns.find((column) => column.name === name) as TableColumn,
  )
}

/**
 * Whether row `t` and record `s` differ in a column. Text is compared byte by byte, since a collation or citext may call
 * 'A' and 'a' equal; json has no equality of its own; types unknown to carryover are compared as they print.
 */
export function differs(column: TableColumn): string {
  const name = quoteName(column.name)
  switch (column.type.kind) {
    case 'text':
      return column.type.padded
        ? `t.${name} is distinct from s.${name}`
        : `t.${name}::text collate "C" is distinct from s.${name}::text collate "C"`
    case 'json':
      return `t.${name}::jsonb is distinct from s.${name}::jsonb`
    case 'other':
      return `t.${name}::text is distinct from s.${name}::text`
    default:
      return `t.${name} is distinct from s.${name}`
  }
}
