import type { DeleteAction, Survey, SurveyedIndex, SurveyedTable } from '../../survey.js'
import type { Connection } from '../connection.js'
import { liveNameOf, undeclaredTable } from '../declared-table.js'
import { quoteName } from '../quote.js'
import { parseCreateIndex } from '../parse-create-index.js'
import type { ParsedTable } from '../parse-create-table.js'
import { checksOf, labelLists } from '../read-catalogue.js'
import { readColumns } from '../read-columns.js'
import { readForeignKeys } from '../read-foreign-keys.js'
import { readUniqueKeys } from '../read-unique-keys.js'
import { otherType } from './other-type.js'
import { readSequenceFacts } from './read-sequence-facts.js'
import { parsedTable, tableNames } from './surveyed-tables.js'

/** Everything an audit needs to know of the database. A file has no schemas but its own, which is called `main`. */
export function readSurvey(connection: Connection, schemas: readonly string[]): Survey {
  const tables = tableNames(connection, schemas).map((name) => readTable(connection, name))
  return {
    tables,
    enums: [],
    sequences: readSequenceFacts(connection, schemas),
    connection: { role: null, isSuperuser: false, isPlain: false, isPooled: false, ledgerGrants: [] },
    altersTables: false,
    // Names of SQLite are the same in whatever case.
    isTaken: (name) =>
      connection.get('select 1 from sqlite_master where lower(name) = lower(?)', [name]) !== undefined,
    onlyBtrees: true,
    isWhole: schemas.length === 0 || schemas.includes('main'),
    lookalikes: new Set(
      connection.all(`select name from sqlite_master where type = 'view'`).map((row) => row[0] as string),
    ),
    tableOf: (declared) => {
      const name = liveNameOf(declared)
      return tables.find((table) => table.name === name)
    },
    nameOf: liveNameOf,
    otherType,
  }
}

function readTable(connection: Connection, name: string): SurveyedTable {
  const [declared, parsed] = [undeclaredTable(name), parsedTable(connection, name)]
  const columns = readColumns(connection, declared, parsed)
  const uniqueKeys = readUniqueKeys(connection, declared, parsed, columns)
  const primaryKey = uniqueKeys.find(({ primary }) => primary)
  const declaredTypes = new Map(
    connection.all('select name, type from pragma_table_xinfo(?)', [name]) as [string, string][],
  )
  const onDelete = deleteActions(connection, name)
  return {
    name,
    sql: quoteName(name),
    schema: 'main',
    partitioned: false,
    columns: columns.map(({ name: column, type, nullable, defaultSql, generated, identity, foldsCase }) => ({
      name: column,
      sql: quoteName(column),
      declared: declaredTypes.get(column) ?? '',
      type,
      domain: null,
      retypable: false,
      enumName: null,
      nullable,
      // The row's own number is not a default that anybody wrote.
      defaultSql: identity === undefined ? defaultSql : undefined,
      identity,
      generated,
      foldsCase,
    })),
    primaryKey: primaryKey === undefined ? null : { name: primaryKey.name, columns: primaryKey.columns },
    uniqueKeys,
    foreignKeys: readForeignKeys(connection, declared, parsed).map((key) => ({
      ...key,
      onDelete: onDelete.get(key.columns.join('\n')) ?? 'no action',
      notValid: false,
      deferrable: isDeferred(parsed, key.columns),
      definition: null,
    })),
    checks: checksOf(declared, parsed, columns),
    labelLists: labelLists(parsed, columns),
    indexes: readIndexes(connection, name),
    hidesRows: false,
    may: { useSchema: true, select: true, insert: true, update: true, delete: true },
  }
}

/** Columns of a foreign key → what becomes of its rows. */
function deleteActions(connection: Connection, name: string): Map<string, DeleteAction> {
  const rows = connection.all(
    `select group_concat("from", char(10)), lower(on_delete)
       from (select * from pragma_foreign_key_list(?) order by id, seq) group by id`,
    [name],
  )
  return new Map(rows as [string, DeleteAction][])
}

function isDeferred(parsed: ParsedTable, columns: readonly string[]): boolean {
  const written = columns.join('\n').toLowerCase()
  return parsed.foreignKeys.some((key) => key.deferred && key.columns.join('\n').toLowerCase() === written)
}

/** The row's own number needs no index: as a primary key it has one in all but name. */
function readIndexes(connection: Connection, table: string): SurveyedIndex[] {
  const indexes = connection.all(
    `select l.name, l."unique", l.origin, l.partial, m.sql
       from pragma_index_list(?) l left join sqlite_master m on m.type = 'index' and m.name = l.name
      order by l.name`,
    [table],
  )
  const named = indexes.map(([name, unique, origin, partial, sql]) => ({
    name: name as string,
    columns: connection
      .all('select name from pragma_index_xinfo(?) where key = 1 order by seqno', [name as string])
      .map((row) => row[0] as string | null),
    unique: unique === 1n,
    isConstraint: origin !== 'c',
    predicate: partial === 1n ? parseCreateIndex(sql as string).predicate : undefined,
    method: 'btree',
    body: sql === null ? undefined : parseCreateIndex(sql as string).body,
  }))
  const [key, ...others] = connection.all('select name from pragma_table_info(?) where pk > 0', [table])
  const hasOwn = key === undefined || others.length > 0 || indexes.some((index) => index[2] === 'pk')
  return hasOwn
    ? named
    : [
        {
          name: `${table}_pkey`,
          columns: [key[0] as string],
          unique: true,
          isConstraint: true,
          predicate: undefined,
          method: 'btree',
          body: undefined,
        },
        ...named,
      ]
}
