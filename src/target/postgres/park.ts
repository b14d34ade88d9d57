import type { Parking, Spare, Writer } from '../batch.js'
import { chooseSpares, sparesByColumn, type SpareQuestions } from '../choose-spares.js'
import type { TableColumn, TargetTable } from '../table.js'
import { journalColumns, rowJson } from './journal.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'
import { tryInSavepoint } from './try-in-savepoint.js'

const savepoint = 'carryover_park'

/** Values that nobody holds and no check refuses. Asks only. */
export function spareValues(
  session: Session,
  table: TargetTable,
  parkings: readonly Parking[],
  attempt: number,
): Promise<Spare[]> {
  return chooseSpares(table, parkings, attempt, questions(session, table))
}

/** Writes spare values under a savepoint; false when the server refuses one of them. */
export async function park(
  session: Session,
  { pipeline, runId }: Writer,
  table: TargetTable,
  spares: readonly Spare[],
  step: number,
): Promise<boolean> {
  const writeAll = async () => {
    for (const [name, rows] of sparesByColumn(spares)) {
      const column = table.columns.find((candidate) => candidate.name === name) as TableColumn
      await session.query(
        `with journaled as (
           insert into carryover.journal (${journalColumns})
           select $3::bigint, ${step}, $4, null, 'update', $5, q.row_key, ${rowJson([name], 't')}, null::jsonb
             from unnest($1::text[]) as q(row_key)
             join ${table.sql} t on ${isRow(table, 't', 'q.row_key')})
         update ${table.sql} t set ${quoteName(name)} = s.value::${column.cast}
           from unnest($1::text[], $2::text[]) as s(row_key, value)
          where ${isRow(table, 't', 's.row_key')}`,
        [
          textArray(rows.map((spare) => spare.rowKey)),
          textArray(rows.map((spare) => spare.value)),
          runId,
          pipeline,
          table.name,
        ],
      )
    }
    return spares
  }
  return (await tryInSavepoint(session, savepoint, writeAll)) !== undefined
}

function questions(session: Session, table: TargetTable): SpareQuestions {
  return {
    held: async (column, rowKeys) => {
      const rows = await session.query(
        `select s.row_key, t.${quoteName(column.name)}::text as value
           from unnest($1::text[]) as s(row_key)
           join ${table.sql} t on ${isRow(table, 't', 's.row_key')}`,
        [textArray(rowKeys)],
      )
      return new Map(rows.map((row) => [row['row_key'] as string, row['value'] ?? null]))
    },
    taken: async (column, values) => {
      const rows = await session.query(
        `select s.value
           from unnest($1::text[]) as s(value)
          where exists (select 1 from ${table.sql} t where t.${quoteName(column.name)} = s.value::${column.cast})`,
        [textArray(values)],
      )
      return new Set(rows.map((row) => row['value'] as string))
    },
    refused: async (column, spares) => {
      const checks = table.checks.filter((check) => check.columns.includes(column.name))
      if (checks.length === 0 || spares.length === 0) return new Set()
      const others = table.columns
        .filter((other) => other !== column)
        .map((other) => `t.${quoteName(other.name)}`)
      const record = [...others, `s.value::${column.cast} as ${quoteName(column.name)}`]
      const rows = await tryInSavepoint(session, savepoint, () =>
        session.query(
          `select carryover_at::text as at
             from (select s.at as carryover_at, ${record.join(', ')}
                     from unnest($1::int[], $2::text[], $3::text[]) as s(at, row_key, value)
                     join ${table.sql} t on ${isRow(table, 't', 's.row_key')}) as ${quoteName(table.name.split('.').at(-1) as string)}
            where ${checks.map((check) => `(${check.expression}) is false`).join(' or ')}`,
          [
            `{${spares.map((_, at) => at).join(',')}}`,
            textArray(spares.map((spare) => spare.rowKey)),
            textArray(spares.map((spare) => spare.value)),
          ],
        ),
      )
      // A check that cannot be computed of a spare value refuses it.
      return rows === undefined
        ? new Set(spares)
        : new Set(rows.map((row) => spares[Number(row['at'])] as Spare))
    },
  }
}
