import type { SurveyedColumn, SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { ownTables } from '../own-tables.js'

/** An instant whose zone is not kept. */
export const timestampWithoutZone: Check = {
  code: 'column.timestamp_without_zone',
  severity: 'warning',
  why: 'Which instant is meant depends on who reads it: a driver or a server in another zone shifts it by hours.',
  find: ({ survey }) =>
    ownTables(survey).flatMap((table) =>
      table.columns
        .filter(({ type }) => type.kind === 'timestamp' && !type.zoned)
        .map((column) => ({
          object: `${table.name}.${column.name}`,
          message: `The column is a ${column.domain ?? column.declared}, which keeps no zone.`,
          ...zoned(table, column),
        })),
    ),
}

function zoned(table: SurveyedTable, column: SurveyedColumn): Pick<Found, 'sql' | 'locks' | 'hint'> {
  const doubt = 'Right only where what is stored is UTC: put the zone of those who wrote it in its place.'
  if (column.domain !== null) return { hint: `${column.domain} is a domain: make one over timestamptz.` }
  if (column.generated) return { hint: 'The column is generated: make it anew from columns with a zone.' }
  if (!column.retypable) {
    return {
      hint: 'A view, trigger, policy, generated column or index holds the column to its type: take it away, change the type, and make it anew.',
    }
  }
  return {
    sql: [`ALTER TABLE ${table.sql} ${retyped(column).join(', ')};`],
    locks: `ACCESS EXCLUSIVE on ${table.name} while all of it is written anew`,
    hint: doubt,
  }
}

function retyped({ sql, declared, defaultSql }: SurveyedColumn): string[] {
  const precision = /\(\d\)/.exec(declared)?.[0] ?? ''
  const type = `ALTER COLUMN ${sql} TYPE timestamptz${precision} USING ${sql} AT TIME ZONE 'UTC'`
  // Postgres takes a default along through the zone of the session, unless it is an instant by itself.
  if (defaultSql === undefined || isInstant(defaultSql)) return [type]
  const fill = isUtcNow(defaultSql) ? 'now()' : `((${defaultSql}) AT TIME ZONE 'UTC')`
  return [`ALTER COLUMN ${sql} DROP DEFAULT`, type, `ALTER COLUMN ${sql} SET DEFAULT ${fill}`]
}

function isInstant(expression: string): boolean {
  return /^(?:CURRENT_TIMESTAMP(?:\(\d\))?|(?:now|(?:clock|statement|transaction)_timestamp)\(\)|NULL(?:::.*)?)$/.test(
    expression,
  )
}

/** The two ways that Postgres writes `now() at time zone 'utc'`. */
function isUtcNow(expression: string): boolean {
  return /^(?:timezone\('utc'::text, now\(\)\)|\(now\(\) AT TIME ZONE 'utc'::text\))$/i.test(expression)
}
