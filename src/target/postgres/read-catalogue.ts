import { getTableColumns, is, type Table } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { TargetError } from '../../errors.js'
import { labelListOf, type LabelList } from '../label-list.js'
import type { Check, TableColumn, TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { readColumns } from './read-columns.js'
import { readChecks, readForeignKeys } from './read-constraints.js'
import { readReferrers } from './read-referrers.js'
import { readUniqueKeys, rowKeyOf } from './read-unique-keys.js'
import type { Session } from './session.js'
import { sequenceColumns } from './survey/read-sequence-facts.js'

/**
 * What the live catalogue says of a drizzle table.
 * @throws TargetError `target.wrong_dialect`, `target.no_table`, `target.no_row_key`
 */
export async function readCatalogue(session: Session, table: Table): Promise<TargetTable> {
  if (!is(table, PgTable)) {
    throw new TargetError(
      'target.wrong_dialect',
      'A pipeline writes to a table that is not a pgTable, and the database is Postgres.',
      {
        hint: 'Declare the table with pgTable: it serves both engines.',
      },
    )
  }
  const config = getTableConfig(table)
  const name = config.schema === undefined ? config.name : `${config.schema}.${config.name}`
  const sql =
    config.schema === undefined
      ? quoteName(config.name)
      : `${quoteName(config.schema)}.${quoteName(config.name)}`
  return readLive(session, name, sql, propertiesOf(table))
}

/**
 * The same of a table that the ledger names: `users`, `billing.users`.
 * @throws TargetError `target.no_table`, `target.no_row_key`
 */
export async function readNamed(session: Session, name: string): Promise<TargetTable> {
  const [schema, ...rest] = name.split('.')
  const bare = quoteName(name)
  const [found] = await session.query('select to_regclass($1)::oid::text as oid', [bare])
  const isBare = rest.length === 0 || found?.['oid'] != null
  const sql = isBare ? bare : `${quoteName(schema as string)}.${quoteName(rest.join('.'))}`
  return readLive(session, name, sql, new Map())
}

async function readLive(
  session: Session,
  name: string,
  sql: string,
  properties: ReadonlyMap<string, string>,
): Promise<TargetTable> {
  const oid = (await session.query('select to_regclass($1)::oid::text as oid', [sql]))[0]?.['oid']
  if (oid === null || oid === undefined) {
    throw new TargetError('target.no_table', `The table ${name} does not exist in the database.`, {
      hint: 'Run `carryover migrate` first (`npx drizzle-kit generate` writes its migrations), or check that the database URL names the right database.',
    })
  }
  const columns = await readColumns(session, oid, sql, properties)
  const uniqueKeys = await readUniqueKeys(session, oid)
  const checks = await readChecks(session, oid)
  return {
    name,
    sql,
    columns,
    rowKey: rowKeyOf(name, columns, uniqueKeys),
    uniqueKeys,
    foreignKeys: await readForeignKeys(session, oid),
    referrers: await readReferrers(session, oid),
    checks,
    labelLists: labelLists(columns, checks),
    sequences: await sequenceColumns(session, sql),
    hasTriggers: await hasRowTriggers(session, oid),
  }
}

/** Those of enum types, and the checks that are lists. */
function labelLists(columns: readonly TableColumn[], checks: readonly Check[]): LabelList[] {
  const types = columns.flatMap(({ name, type, cast }): LabelList[] =>
    type.kind === 'enum'
      ? [{ column: name, labels: type.labels, by: { kind: 'type', sql: cast.replace(/^"public"\./, '') } }]
      : [],
  )
  return [...types, ...checks.flatMap((check) => labelListOf(check, check.name) ?? [])]
}

/** Column name → property of the drizzle table. */
function propertiesOf(table: Table): Map<string, string> {
  return new Map(Object.entries(getTableColumns(table)).map(([property, column]) => [column.name, property]))
}

async function hasRowTriggers(session: Session, oid: string): Promise<boolean> {
  const rows = await session.query(
    'select 1 as one from pg_trigger where tgrelid = $1::oid and not tgisinternal and tgenabled <> $2 limit 1',
    [oid, 'D'],
  )
  return rows.length > 0
}
