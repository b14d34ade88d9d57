import type { Applied, Changes } from '../batch.js'
import { apply } from './apply.js'
import type { Connection } from './connection.js'

/** Writes a batch, or nothing of it when a record is refused. */
export function insertAll(connection: Connection, changes: Changes, step: number): Applied | undefined {
  connection.exec('savepoint carryover_insert')
  const applied = apply(connection, changes, step)
  const isWhole = applied.failures.length === 0
  if (!isWhole) connection.exec('rollback to carryover_insert')
  connection.exec('release carryover_insert')
  return isWhole ? applied : undefined
}
