import type { TableColumn, UniqueKey } from '../table.js'
import type { Connection, Row } from './connection.js'
import type { DeclaredTable } from './declared-table.js'
import { parseCreateIndex } from './parse-create-index.js'
import type { ParsedTable } from './parse-create-table.js'
import { quoteName } from './quote.js'
import { columnsRead, tokensOf } from './tokens.js'

/** Every unique key of a live table, the primary one first, then by name. */
export function readUniqueKeys(
  connection: Connection,
  declared: DeclaredTable,
  parsed: ParsedTable,
  columns: readonly TableColumn[],
): UniqueKey[] {
  const indexes = connection.all(
    `select l.name, l.origin, m.sql
       from pragma_index_list(?) l
       left join sqlite_master m on m.type = 'index' and m.name = l.name
      where l."unique" = 1`,
    [declared.liveName],
  )
  const keys = indexes.map((index) => readKey(connection, declared, parsed, columns, index))
  const key = rowNumberKey(declared, parsed, keys)
  return [...(key === undefined ? [] : [key]), ...keys].toSorted(
    (one, other) => Number(other.primary) - Number(one.primary) || (one.name < other.name ? -1 : 1),
  )
}

function readKey(
  connection: Connection,
  declared: DeclaredTable,
  parsed: ParsedTable,
  columns: readonly TableColumn[],
  [name, origin, sql]: Row,
): UniqueKey {
  const members = connection.all(
    'select name, coll from pragma_index_xinfo(?) where key = 1 order by seqno',
    [name as string],
  )
  const written = sql === null ? undefined : parseCreateIndex(sql as string)
  const parts = members.map(([column, collation], at) => {
    const own = columns.find((candidate) => candidate.name === column)
    const part =
      own === undefined ? nullBlind(written?.parts[at] ?? '') : { sql: quoteName(own.name), blind: false }
    const ownCollation = own?.cast.split(' ')[2] ?? 'binary'
    const collate =
      String(collation).toLowerCase() === ownCollation ? '' : ` collate ${String(collation).toLowerCase()}`
    return { ...part, sql: part.sql + collate }
  })
  const names = columns.map((column) => column.name)
  return {
    name: nameOf(declared, parsed, name as string, origin as string, members),
    primary: origin === 'pk',
    columns: columnsRead([...parts.map((part) => part.sql), written?.predicate ?? ''].join(' , '), names),
    parts: parts.map((part) => part.sql),
    predicate: written?.predicate,
    nullsNotDistinct: parts.some((part) => part.blind),
  }
}

/** `ifnull("a", x'00')` is how a twin makes nulls equal: text never equals a blob. */
function nullBlind(expression: string): { sql: string; blind: boolean } {
  const [word, open, name, comma, blob, close, ...rest] = tokensOf(expression)
  const values = [word, open, comma, blob, close].map((token) => token?.value.toLowerCase()).join('')
  const isBlind = values === `ifnull(,x'00')` && rest.length === 0 && name?.kind === 'quoted'
  return isBlind ? { sql: quoteName(name.value), blind: true } : { sql: expression, blind: false }
}

/** The name in the schema. Constraints have their name in the table's text alone; without one, it is made as Postgres does. */
function nameOf(
  declared: DeclaredTable,
  parsed: ParsedTable,
  name: string,
  origin: string,
  members: readonly Row[],
): string {
  if (origin === 'pk') return parsed.primaryKey?.name ?? `${declared.liveName}_pkey`
  if (origin === 'c')
    return name.startsWith(declared.indexPrefix) ? name.slice(declared.indexPrefix.length) : name
  const columns = members.map((member) => member[0] as string)
  const unique = parsed.uniques.find(
    (candidate) => candidate.columns.join('\n').toLowerCase() === columns.join('\n').toLowerCase(),
  )
  return unique?.name ?? `${declared.liveName}_${columns.join('_')}_key`
}

/** The primary key that needs no index, being the row's own number. */
function rowNumberKey(
  declared: DeclaredTable,
  parsed: ParsedTable,
  keys: readonly UniqueKey[],
): UniqueKey | undefined {
  if (parsed.primaryKey === undefined || keys.some((key) => key.primary)) return undefined
  return {
    name: parsed.primaryKey.name ?? `${declared.liveName}_pkey`,
    primary: true,
    columns: parsed.primaryKey.columns,
    parts: parsed.primaryKey.columns.map(quoteName),
    predicate: undefined,
    nullsNotDistinct: false,
  }
}
