import type { Changes } from '../writes.js'
import type { InsertedFree, Unprobed } from '../inserted-free.js'
import { apply } from './apply.js'
import type { Connection } from './connection.js'

/** Inserts the records that the database takes; a statement that it refuses undoes itself. */
export async function insertFree(
  connection: Connection,
  changes: Changes,
  step: number,
  { mayStay }: Pick<Unprobed, 'mayStay'>,
): Promise<InsertedFree | undefined> {
  connection.exec('savepoint carryover_free')
  const applied = apply(connection, changes, step)
  const missed = new Set(applied.failures.map(({ ordinal }) => ordinal))
  const stays = missed.size === 0 || (await mayStay(missed))
  if (!stays) connection.exec('rollback to carryover_free')
  connection.exec('release carryover_free')
  return stays ? { applied: { ...applied, failures: [] }, missed } : undefined
}
