import type { Changes, Write } from '../batch.js'
import type { Connection } from './connection.js'

/** Writes the ledger's entry of a record, and makes the former owner of its row an alias. */
export function rememberIn(
  connection: Connection,
  { pipeline, table, runId }: Changes,
): (write: Write, rowKey: string) => void {
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
  return ({ legacyKey, fingerprint, role, known, formerOwner }, rowKey) => {
    const entry = [table.name, rowKey, fingerprint, role, runId, pipeline, legacyKey]
    if (known) renew(entry)
    else add(entry)
    if (formerOwner !== null) demote([runId, pipeline, formerOwner])
  }
}
