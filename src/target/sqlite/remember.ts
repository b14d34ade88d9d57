import type { Changes, Write } from '../batch.js'
import type { Connection } from './connection.js'

/** Writes the ledger's entry of a record, and makes the former owner of its row an alias. */
export function rememberIn(
  connection: Connection,
  { pipeline, table, runId }: Changes,
): (write: Write, rowKey: string) => void {
  const remember = connection.writer(
    `insert into carryover_records (pipeline, legacy_key, target, row_key, fingerprint, role, run_id)
     values (?, ?, ?, ?, ?, ?, ?)
         on conflict (pipeline, legacy_key) do update
        set target = excluded.target, row_key = excluded.row_key, fingerprint = excluded.fingerprint,
            role = excluded.role, run_id = excluded.run_id`,
  )
  const demote = connection.writer(
    `update carryover_records set role = 'alias', run_id = ? where pipeline = ? and legacy_key = ?`,
  )
  return (write, rowKey) => {
    remember([pipeline, write.legacyKey, table.name, rowKey, write.fingerprint, write.role, runId])
    if (write.formerOwner !== null) demote([runId, pipeline, write.formerOwner])
  }
}
