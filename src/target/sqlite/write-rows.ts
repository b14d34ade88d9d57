import type { Changes, Write } from '../writes.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { givenRowKey, isRow, readRowKey, selectRowKey, storeRowKey } from './row-key.js'
import { storeRow } from './stored-row.js'

/**
 * Writes the rows of a batch, one a call; answers the row's key, `undefined` when no row was written: it is
 * gone, or a trigger ignored the statement.
 * `or abort`: a conflict clause of the table's own may replace other rows, which no record may.
 */
export function writeRowsOf(connection: Connection, changes: Changes): (write: Write) => string | undefined {
  const insert = insertRow(connection, changes)
  const update = updateRow(connection, changes)
  return (write) => {
    if (write.action === 'insert') return insert(write)
    if (write.rowKey === null) return undefined
    return write.action === 'link' || update(write, write.rowKey) ? write.rowKey : undefined
  }
}

function insertRow(
  connection: Connection,
  { table, columns }: Changes,
): (write: Write) => string | undefined {
  const store = storeRow(table, columns)
  const values =
    columns.length === 0
      ? 'default values'
      : `(${columns.map(quoteName).join(', ')}) values (${columns.map(() => '?').join(', ')})`
  const sql = `insert or abort into ${table.sql} ${values}`
  const returning = `${sql} returning ${selectRowKey(table)}`
  const given = givenRowKey(table, columns)
  const made = readRowKey(table)
  return ({ values: texts }) => {
    const rowKey = given(texts)
    if (rowKey !== undefined) return connection.run(sql, store(texts)) > 0 ? rowKey : undefined
    const row = connection.get(returning, store(texts))
    return row && made(row)
  }
}

/** Answers false when no row was written. */
function updateRow(
  connection: Connection,
  { table, columns }: Changes,
): (write: Write, rowKey: string) => boolean {
  const bindKey = storeRowKey(table)
  const shapes = new Map<
    string,
    { sql: string; bind: (values: Write['values']) => ReturnType<typeof bindKey> }
  >()
  const shapeOf = (changed: readonly string[]) => {
    const name = changed.join('\n')
    const known = shapes.get(name)
    if (known !== undefined) return known
    const places = changed.map((column) => columns.indexOf(column))
    const store = storeRow(table, changed)
    const shape = {
      sql: `update or abort ${table.sql} set ${changed.map((column) => `${quoteName(column)} = ?`).join(', ')} where ${isRow(table)}`,
      bind: (values: Write['values']) => store(places.map((place) => values[place] ?? null)),
    }
    shapes.set(name, shape)
    return shape
  }
  return (write, rowKey) => {
    const changed = columns.filter((column) => write.changed.has(column))
    if (changed.length === 0) return true
    const { sql, bind } = shapeOf(changed)
    return connection.run(sql, [...bind(write.values), ...bindKey(rowKey)]) > 0
  }
}
