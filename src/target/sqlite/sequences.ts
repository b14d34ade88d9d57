import type { Changes } from '../writes.js'
import type { SequenceFacts } from '../sequence-facts.js'
import type { SequenceMove, SequenceState } from '../target.js'
import type { SequenceColumn, TargetTable } from '../table.js'
import { atomically } from './atomically.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'

/**
 * The last number that each sequence handed out before keys were given: SQLite moves a sequence by itself when a greater
 * key is inserted, and a report says from where, as on an engine that does not.
 */
export type SequenceOrigins = Map<string, string | null>

/** The sequences of a table as they are, beside the greatest number of their column. */
export function readSequences(connection: Connection, table: TargetTable): SequenceState[] {
  return table.sequences.map((sequence) => readState(connection, table, sequence))
}

function readState(
  connection: Connection,
  table: Pick<TargetTable, 'name' | 'sql'>,
  { column, sequence }: SequenceColumn,
): SequenceState {
  const row = connection.get(
    `select (select seq from sqlite_sequence where name = ?), (select max(${quoteName(column)}) from ${table.sql})`,
    [sequence],
  )
  const [last, max] = [row?.[0] as bigint | null, row?.[1] as bigint | null]
  return {
    table: table.name,
    column,
    last: last === null || last === 0n ? null : String(last),
    max: max === null ? null : String(max),
  }
}

/** Remembers where a sequence stands, before a batch gives keys of its own for the first time. */
export function rememberOrigins(
  connection: Connection,
  origins: SequenceOrigins,
  { table, columns, writes }: Changes,
): void {
  for (const sequence of table.sequences) {
    const gives = columns.includes(sequence.column) && writes.some((write) => write.action === 'insert')
    if (!gives || origins.has(sequence.sequence)) continue
    origins.set(sequence.sequence, readState(connection, table, sequence).last)
  }
}

/** Advances the sequences that are behind their column, never backwards; answers those that moved since keys were given. */
export function advanceSequences(
  connection: Connection,
  origins: SequenceOrigins,
  table: TargetTable,
): SequenceMove[] {
  return table.sequences.flatMap((sequence) => {
    const state = readState(connection, table, sequence)
    const last = isBehind(state) ? advance(connection, table, sequence) : state.last
    const origin = origins.get(sequence.sequence)
    const from = origin === undefined ? state.last : origin
    origins.delete(sequence.sequence)
    return last === null || last === from
      ? []
      : [{ table: table.name, column: sequence.column, from, to: last }]
  })
}

function isBehind({ last, max }: SequenceState): boolean {
  return max !== null && BigInt(max) > BigInt(last ?? 0)
}

/** Advances one sequence that is behind its column, never backwards; null when it is not behind any more. */
export function advanceSequence(
  connection: Connection,
  { table, tableSql, column, last }: SequenceFacts,
): SequenceMove | null {
  const to = advance(connection, { name: table, sql: tableSql }, { column, sequence: table })
  return to === null || to === last ? null : { table, column, from: last, to }
}

/** Compares again under the write lock, so that nobody draws a number in between. */
function advance(
  connection: Connection,
  table: Pick<TargetTable, 'name' | 'sql'>,
  sequence: SequenceColumn,
): string | null {
  return atomically(connection, () => {
    const state = readState(connection, table, sequence)
    if (!isBehind(state) || state.max === null) return state.last
    const params = [BigInt(state.max), sequence.sequence]
    const updated = connection.run('update sqlite_sequence set seq = ? where name = ?', params)
    if (updated === 0) connection.run('insert into sqlite_sequence (seq, name) values (?, ?)', params)
    return state.max
  })
}
