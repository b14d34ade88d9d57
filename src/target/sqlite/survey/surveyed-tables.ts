import type { Connection } from '../connection.js'
import { parseCreateTable, type ParsedTable } from '../parse-create-table.js'

/** The tables of a survey, by name: without those of SQLite, of its modules, of carryover and of drizzle. */
export function tableNames(connection: Connection, schemas: readonly string[]): string[] {
  if (schemas.length > 0 && !schemas.includes('main')) return []
  return connection
    .all(
      `select name from sqlite_master
        where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'carryover\\_%' escape '\\'
          and name <> '__drizzle_migrations'
          and name in (select name from pragma_table_list where schema = 'main' and type = 'table')
        order by name`,
    )
    .map((row) => row[0] as string)
}

/** What a `create table` says of a table that is there. */
export function parsedTable(connection: Connection, name: string): ParsedTable {
  const created = connection.get(`select sql from sqlite_master where type = 'table' and name = ?`, [name])
  return parseCreateTable(created?.[0] as string)
}
