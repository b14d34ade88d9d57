import type { Changes, Write } from '../batch.js'
import { changesKey } from '../changes-key.js'
import type { Connection } from './connection.js'

/**
 * Writes the ledger's entry of a record, makes the former owner of its row an alias, and forgets the fingerprints of the row's
 * aliases where its keys change.
 */
export function rememberIn(connection: Connection, changes: Changes): (write: Write, rowKey: string) => void {
  const { pipeline, table, runId } = changes
  const loosens = changesKey(changes)
  const add = connection.writer(
    `insert into carryover_records (target, row_key, fingerprint, role, run_id, pipeline, legacy_key)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const renew = connection.writer(
    `update carryover_records set target = ?, row_key = ?, fingerprint = ?, role = ?, run_id = ?
      where pipeline = ? and legacy_key = ?`,
  )
  const demote = connection.writer(
    `update carryover_records set role = 'alias', run_id = ? where pipeline = ? and legacy_key = ?`,
  )
  const loosen = connection.writer(
    `update carryover_records set fingerprint = ''
      where pipeline = ? and row_key = ? and role = 'alias' and fingerprint <> '' and legacy_key <> ?`,
  )
  return (write, rowKey) => {
    const { legacyKey, fingerprint, role, known, formerOwner } = write
    if (loosens(write)) loosen([pipeline, rowKey, legacyKey])
    const entry = [table.name, rowKey, fingerprint, role, runId, pipeline, legacyKey]
    if (known) renew(entry)
    else add(entry)
    if (formerOwner !== null) demote([runId, pipeline, formerOwner])
  }
}
