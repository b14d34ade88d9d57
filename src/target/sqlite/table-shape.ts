import type { Connection } from './connection.js'
import { parseCreateTable } from './parse-create-table.js'
import { tokensOf } from './tokens.js'

/** What of a live table two databases are compared by: each fact under a name that people understand. */
export interface TableShape {
  /** Name → `text not null default 'a' collate nocase`. */
  readonly columns: ReadonlyMap<string, string>
  /** `primary key`, `check users_age`, `foreign key (a)` → what it says. */
  readonly constraints: ReadonlyMap<string, string>
}

/** The shape of a table, `undefined` when it is not there. */
export function tableShape(connection: Connection, liveName: string): TableShape | undefined {
  const created = connection.get(`select sql from sqlite_master where type = 'table' and name = ?`, [
    liveName,
  ])
  if (created === undefined) return undefined
  const parsed = parseCreateTable(created[0] as string)
  const columns = connection.all(
    `select name, lower(type) || iif("notnull", ' not null', '') || coalesce(' default ' || dflt_value, '')
            || iif(hidden in (2, 3), ' generated', '')
       from pragma_table_xinfo(?)`,
    [liveName],
  )
  const foreignKeys = connection.all(
    `select group_concat("from", ', '), "table" || ' (' || group_concat("to", ', ') || ') on delete ' || lower(on_delete)
            || ' on update ' || lower(on_update)
       from (select * from pragma_foreign_key_list(?) order by id, seq)
      group by id`,
    [liveName],
  )
  const collated = (name: string) => {
    const collation = parsed.collations.get(name.toLowerCase())
    return collation === undefined ? '' : ` collate ${collation}`
  }
  return {
    columns: new Map(
      columns.map(([name, type]) => [name as string, `${type as string}${collated(name as string)}`]),
    ),
    constraints: new Map([
      ['primary key', (parsed.primaryKey?.columns ?? []).join(', ')],
      ...parsed.checks.map(
        ({ name, expression }) => [`check ${name ?? normal(expression)}`, normal(expression)] as const,
      ),
      ...foreignKeys.map(([from, to]) => [`foreign key (${from as string})`, to as string] as const),
    ]),
  }
}

/** SQL without the differences that make no difference: blanks, comments and how names are quoted. */
export function normal(sql: string): string {
  return tokensOf(sql)
    .map((token) => (token.kind === 'string' ? token.value : token.value.toLowerCase()))
    .join(' ')
}
