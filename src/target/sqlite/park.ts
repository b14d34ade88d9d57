import type { Parking, Spare, Writer } from '../batch.js'
import { chooseSpares, sparesByColumn, type SpareQuestions } from '../choose-spares.js'
import type { TableColumn, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { readRefusal } from './failure.js'
import { journalOf, readBefore } from './journal.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'
import { readFrom, storeIn } from './stored-value.js'

/** Values that nobody holds and no check refuses. Asks only. */
export function spareValues(
  connection: Connection,
  table: TargetTable,
  parkings: readonly Parking[],
  attempt: number,
): Promise<Spare[]> {
  return chooseSpares(table, parkings, attempt, questions(connection, table))
}

/** Writes spare values under a savepoint; false when SQLite refuses one of them. */
export function park(
  connection: Connection,
  writer: Writer,
  table: TargetTable,
  spares: readonly Spare[],
  step: number,
): boolean {
  const note = journalOf(connection, writer, table, step)
  const before = readBefore(connection, table)
  const bindKey = storeRowKey(table)
  connection.exec('savepoint carryover_park')
  try {
    for (const [name, rows] of sparesByColumn(spares)) {
      const store = storeIn(table.columns.find((candidate) => candidate.name === name) as TableColumn)
      const write = connection.writer(
        `update or abort ${table.sql} set ${quoteName(name)} = ? where ${isRow(table)}`,
      )
      for (const { value, rowKey } of rows) {
        note({ legacyKey: null, action: 'update', rowKey, before: before(rowKey, [name]), entry: null })
        write([store(value), ...bindKey(rowKey)])
      }
    }
    connection.exec('release carryover_park')
    return true
  } catch (error) {
    if (readRefusal(error, table) === undefined || !connection.inTransaction) throw error
    connection.exec('rollback to carryover_park; release carryover_park')
    return false
  }
}

function questions(connection: Connection, table: TargetTable): SpareQuestions {
  const bindKey = storeRowKey(table)
  return {
    held: async (column, rowKeys) => {
      const find = connection.reader(
        `select ${quoteName(column.name)} from ${table.sql} where ${isRow(table)}`,
      )
      const read = readFrom(column)
      return new Map(rowKeys.map((rowKey) => [rowKey, read(find(bindKey(rowKey))?.[0])]))
    },
    taken: async (column, values) => {
      const find = connection.reader(`select 1 from ${table.sql} where ${quoteName(column.name)} = ?`)
      const store = storeIn(column)
      return new Set(values.filter((value) => find([store(value)]) !== undefined))
    },
    refused: async (column, spares) => {
      const checks = table.checks.filter((check) => check.columns.includes(column.name))
      if (checks.length === 0) return new Set()
      const others = table.columns.filter((other) => other !== column).map((other) => quoteName(other.name))
      const [storage, ...collation] = column.cast.split(' ')
      const value = [storage === 'any' ? '?' : `cast(? as ${storage})`, ...collation].join(' ')
      const judge = connection.reader(
        `select ${checks.map((check) => `(${check.expression}) is false`).join(' or ')}
           from (select ${[...others, `${value} as ${quoteName(column.name)}`].join(', ')}
                   from ${table.sql} where ${isRow(table)}) as ${table.sql}`,
      )
      const store = storeIn(column)
      return new Set(
        spares.filter((spare) => {
          try {
            return judge([store(spare.value), ...bindKey(spare.rowKey)])?.[0] !== 0n
          } catch (error) {
            // A check that cannot be computed of a spare value refuses it.
            if (readRefusal(error, table) === undefined) throw error
            return true
          }
        }),
      )
    },
  }
}
