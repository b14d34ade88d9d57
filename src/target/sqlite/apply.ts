import type { Applied, Changes, Failure, Write } from '../writes.js'
import type { ForeignKey, TargetTable } from '../table.js'
import { readRefusal, type Refusal } from './failure.js'
import type { Connection } from './connection.js'
import { findOrphans } from './orphans.js'
import { rememberIn } from './remember.js'
import { asSeenIn } from './as-seen.js'
import { noteBefore } from './note-before.js'
import { writeRowsOf } from './write-rows.js'

/**
 * Writes a batch, record by record: the row, then its ledger entry. A statement that fails undoes itself, and the ledger
 * takes every entry, so that a record needs no savepoint of its own, except where a trigger writes more than the row.
 */
export function apply(connection: Connection, changes: Changes, step: number): Applied {
  const { table } = changes
  const isAsSeen = asSeenIn(connection, table)
  const writeRow = writeRowsOf(connection, changes)
  const note = noteBefore(connection, changes, step)
  const remember = rememberIn(connection, changes, step)
  const attempt = attemptOn(connection, table)
  const rowKeys = new Map<number, string>()
  const moved = new Set<number>()

  const refusedOf = (writes: readonly Write[]) =>
    writes.flatMap((write): { write: Write; refusal: Refusal }[] => {
      if (!isAsSeen(write)) {
        moved.add(write.ordinal)
        return []
      }
      // What is written over has to be read before.
      const line = note(write)
      const rowKey = attempt(() => writeRow(write))
      if (typeof rowKey !== 'string') return [{ write, refusal: rowKey }]
      line?.(rowKey)
      if (write.action !== 'link') rowKeys.set(write.ordinal, rowKey)
      remember(write, rowKey)
      return []
    })

  let refused = refusedOf(changes.writes)
  // A row may point at one that comes later in the batch: those that point at nobody yet are tried again.
  while (table.foreignKeys.some((key) => key.parentSql === table.sql)) {
    const waiting = refused.filter(({ refusal }) => refusal.code === 'foreign_key')
    const still = refusedOf(waiting.map(({ write }) => write))
    refused = [...refused.filter(({ refusal }) => refusal.code !== 'foreign_key'), ...still]
    if (still.length === waiting.length) break
  }
  return {
    rowKeys,
    failures: refused.map(({ write, refusal }) => failureOf(connection, changes, write, refusal)),
    moved,
    // Prepared statements read a row back as fast afterwards.
    holding: new Set(),
  }
}

/** The row is gone, or a trigger ignored the statement: the code is the one that the Postgres adapter raises. */
const notWritten: Refusal = {
  code: 'database',
  constraint: undefined,
  column: undefined,
  nativeCode: 'CO001',
}

/** Runs the statement of one record; answers the row's key or why it was refused. */
function attemptOn(
  connection: Connection,
  table: TargetTable,
): (work: () => string | undefined) => string | Refusal {
  const attempt = (work: () => string | undefined): string | Refusal => {
    try {
      return work() ?? notWritten
    } catch (error) {
      const refusal = readRefusal(error, table)
      if (refusal === undefined || !connection.inTransaction) throw error
      return refusal
    }
  }
  if (!table.hasTriggers) return attempt
  return (work) => {
    connection.exec('savepoint carryover_record')
    const answer = attempt(work)
    if (typeof answer !== 'string') connection.exec('rollback to carryover_record')
    connection.exec('release carryover_record')
    return answer
  }
}

/** SQLite does not say which foreign key was broken: the first one that points at nobody. */
function failureOf(connection: Connection, changes: Changes, write: Write, refusal: Refusal): Failure {
  const broken = refusal.code === 'foreign_key' ? brokenKey(connection, changes, write) : undefined
  if (broken === undefined) return { ordinal: write.ordinal, ...refusal }
  const column = broken.columns.length === 1 ? broken.columns[0] : undefined
  return { ordinal: write.ordinal, ...refusal, constraint: broken.name, column }
}

function brokenKey(
  connection: Connection,
  { table, columns }: Changes,
  write: Write,
): ForeignKey | undefined {
  return table.foreignKeys
    .filter((key) => key.columns.every((column) => columns.includes(column)))
    .find((key) => findOrphans(connection, table, key, columns)(write.values))
}
