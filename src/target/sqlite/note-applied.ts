import type { AppliedNote } from '../batch.js'
import type { Connection } from './connection.js'

/** Corrects what the ledger keeps of the values of rows that hold something else than was written. */
export function noteApplied(connection: Connection, pipeline: string, notes: readonly AppliedNote[]): void {
  const note = connection.writer(
    'update carryover_records set applied = ? where pipeline = ? and legacy_key = ?',
  )
  for (const { legacyKey, applied } of notes) note([applied, pipeline, legacyKey])
}
