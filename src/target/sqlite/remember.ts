import type { Changes, Write } from '../batch.js'
import type { Connection } from './connection.js'

/** Writes the ledger's entry of a record, and makes the former owner of its row an alias. */
export function rememberIn(
  connection: Connection,
  { pipeline, table, runId }: Changes,
): (write: Write, rowKey: string) => void {
  const add = connection.writer(
    `insert into carryover_records (made, target, row_key, fingerprint, role, run_id, parent_key, applied, pipeline, legacy_key)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const renew = connection.writer(
    `update carryover_records
        set made = (made and row_key = ?) or ?, target = ?, row_key = ?, fingerprint = ?, role = ?, run_id = ?,
            parent_key = ?, applied = ?
      where pipeline = ? and legacy_key = ?`,
  )
  const demote = connection.writer(
    `update carryover_records set role = 'alias', run_id = ? where pipeline = ? and legacy_key = ?`,
  )
  const findMade = connection.reader(
    'select made from carryover_records where pipeline = ? and legacy_key = ?',
  )
  return ({ action, legacyKey, fingerprint, role, known, formerOwner, parentKey, applied }, rowKey) => {
    const wasMade = formerOwner !== null && findMade([pipeline, formerOwner])?.[0] === 1n
    const made = action === 'insert' || wasMade ? 1 : 0
    const entry = [
      made,
      table.name,
      rowKey,
      fingerprint,
      role,
      runId,
      parentKey,
      applied,
      pipeline,
      legacyKey,
    ]
    if (known) renew([rowKey, ...entry])
    else add(entry)
    if (formerOwner !== null) demote([runId, pipeline, formerOwner])
  }
}
