import type { Changes } from '../writes.js'
import { isBehind, type SequenceFacts } from '../sequence-facts.js'
import type { SequenceMove } from '../target.js'
import type { TargetTable } from '../table.js'
import { atomically } from './atomically.js'
import type { Connection } from './connection.js'
import { readSequencesOf } from './survey/read-sequence-facts.js'

/**
 * The last number that each sequence handed out before keys were given: SQLite moves a sequence by itself when a greater
 * key is inserted, and a report says from where, as on an engine that does not.
 */
export type SequenceOrigins = Map<string, string | null>

/** The sequences of a table as they are, beside the greatest number of their column. */
export function readSequences(
  connection: Connection,
  { name, sequences }: Pick<TargetTable, 'name' | 'sequences'>,
): SequenceFacts[] {
  return sequences
    .flatMap(({ sequence }) => readSequencesOf(connection, sequence))
    .map((facts) => ({ ...facts, table: name }))
}

/** Remembers where a sequence stands, before a batch gives keys of its own for the first time. */
export function rememberOrigins(
  connection: Connection,
  origins: SequenceOrigins,
  { table, columns, writes }: Changes,
): void {
  if (!writes.some((write) => write.action === 'insert')) return
  for (const { column, sequence } of table.sequences) {
    if (!columns.includes(column) || origins.has(sequence)) continue
    origins.set(sequence, readSequencesOf(connection, sequence)[0]?.last ?? null)
  }
}

/** Advances the sequences that are behind their column, never backwards; answers those that moved since keys were given. */
export function advanceSequences(
  connection: Connection,
  origins: SequenceOrigins,
  table: TargetTable,
): SequenceMove[] {
  return readSequences(connection, table).flatMap((facts) => {
    const sequence = sequenceOf(facts)
    const to = isBehind(facts) ? advance(connection, sequence) : facts.last
    const origin = origins.get(sequence)
    const from = origin === undefined ? facts.last : origin
    origins.delete(sequence)
    return to === null || to === from ? [] : [{ table: facts.table, column: facts.column, from, to }]
  })
}

/** Advances one sequence that is behind its column, never backwards; null when it is not behind any more. */
export function advanceSequence(connection: Connection, facts: SequenceFacts): SequenceMove | null {
  const { table, column, last } = facts
  const to = advance(connection, sequenceOf(facts))
  return to === null || to === last ? null : { table, column, from: last, to }
}

/** Its name in `sqlite_sequence`, which is that of the table. */
function sequenceOf({ sequence }: SequenceFacts): string {
  return sequence as string
}

/** Compares again under the write lock, so that nobody draws a number in between. */
function advance(connection: Connection, sequence: string): string | null {
  return atomically(connection, () => {
    const [facts] = readSequencesOf(connection, sequence)
    if (facts === undefined || !isBehind(facts) || facts.max === null) return facts?.last ?? null
    const params = [BigInt(facts.max), sequence]
    const updated = connection.run('update sqlite_sequence set seq = ? where name = ?', params)
    if (updated === 0) connection.run('insert into sqlite_sequence (seq, name) values (?, ?)', params)
    return facts.max
  })
}
