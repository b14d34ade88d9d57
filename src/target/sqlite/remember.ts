import type { Changes, Write } from '../writes.js'
import { changesKey } from '../changes-key.js'
import { fingerprintLength } from '../fingerprint-text.js'
import type { Connection } from './connection.js'
import { recordsByRow } from './record-indexes.js'

/**
 * Writes the ledger's entry of a record, makes the former owner of its row an alias, and forgets the fingerprints of the row's
 * aliases where its keys change: not of those that this very run has made, which nobody asks again in it.
 */
export function rememberIn(
  connection: Connection,
  changes: Changes,
  step: number,
): (write: Write, rowKey: string) => void {
  const { pipeline, table, runId } = changes
  const loosens = changesKey(changes)
  const add = connection.writer(
    `insert into carryover_records (made, target, row_key, fingerprint, role, run_id, step, parent_key, applied, pipeline, legacy_key)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const renew = connection.writer(
    `update carryover_records
        set made = (made and row_key = ?) or ?, target = ?, row_key = ?, fingerprint = ?, role = ?, run_id = ?, step = ?,
            parent_key = ?, applied = ?
      where pipeline = ? and legacy_key = ?`,
  )
  const demote = connection.writer(
    `update carryover_records set role = 'alias', fingerprint = substr(fingerprint, 1, ${fingerprintLength}), run_id = ?, step = ?
      where pipeline = ? and legacy_key = ?`,
  )
  const findMade = connection.reader(
    'select made from carryover_records where pipeline = ? and legacy_key = ?',
  )
  const loosen = connection.writer(
    `update ${recordsByRow} set fingerprint = '', run_id = ?, step = ?
      where pipeline = ? and row_key = ? and role = 'alias' and fingerprint <> '' and legacy_key <> ? and run_id <> ?`,
  )
  return (write, rowKey) => {
    const { action, legacyKey, fingerprint, role, known, formerOwner, parentKey, applied } = write
    if (loosens(write)) loosen([runId, step, pipeline, rowKey, legacyKey, runId])
    const wasMade = formerOwner !== null && findMade([pipeline, formerOwner])?.[0] === 1n
    const made = action === 'insert' || wasMade ? 1 : 0
    const values = [
      table.name,
      rowKey,
      fingerprint,
      role,
      runId,
      step,
      parentKey,
      applied,
      pipeline,
      legacyKey,
    ]
    if (known) renew([rowKey, made, ...values])
    else add([made, ...values])
    if (formerOwner !== null) demote([runId, step, pipeline, formerOwner])
  }
}
