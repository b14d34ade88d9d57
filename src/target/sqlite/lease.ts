import { randomUUID } from 'node:crypto'
import type { Lease, Lessee } from '../lease.js'
import { atomically } from './atomically.js'
import type { Connection } from './connection.js'
import { foundLedgerVersion } from './ledger-schema.js'

/** Who runs now, as the ledger tells it; null when nobody says so, or when there is no ledger. */
export function readLease(connection: Connection): Lease | null {
  if (foundLedgerVersion(connection) === 0) return null
  const row = connection.get(
    `select token, run_id, command, host, os_user, process_id, deployment, acquired_at, heartbeat_at from carryover_lease`,
  )
  if (row === undefined) return null
  return {
    token: row[0] as string,
    runId: row[1] === null ? null : Number(row[1]),
    command: row[2] as string,
    host: row[3] as string,
    user: row[4] as string,
    processId: Number(row[5]),
    backendPid: null,
    deployment: row[6] as string | null,
    acquiredAt: row[7] as string,
    heartbeatAt: row[8] as string,
  }
}

/**
 * Writes the lease of who has just got the lock; answers its token. Nobody else runs then: what the ledger calls running
 * has died.
 */
export function writeLease(connection: Connection, lessee: Lessee): string {
  const token = randomUUID()
  const now = new Date().toISOString()
  atomically(connection, () => {
    markInterrupted(connection)
    connection.run(
      `insert or replace into carryover_lease (id, token, command, host, os_user, process_id, deployment, acquired_at, heartbeat_at)
       values (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [token, lessee.command, lessee.host, lessee.user, lessee.processId, lessee.deployment, now, now],
    )
  })
  return token
}

/** Notes the number of the run. */
export function nameRun(connection: Connection, token: string, runId: number): void {
  connection.run('update carryover_lease set run_id = ? where token = ?', [runId, token])
}

/** Removes a lease, and nobody else's. */
export function removeLease(connection: Connection, token: string): void {
  connection.run('delete from carryover_lease where token = ?', [token])
}

/** Removes whatever lease is there, as the holder of the lock; answers the runs that turned out to have died. */
export function clearLease(connection: Connection): number[] {
  if (foundLedgerVersion(connection) === 0) return []
  return atomically(connection, () => {
    const interrupted = markInterrupted(connection)
    connection.run('delete from carryover_lease')
    return interrupted
  })
}

/** Marks what is called running as interrupted; a run that left its lease was last heard of at its heartbeat. */
function markInterrupted(connection: Connection): number[] {
  const rows = connection.all(
    `update carryover_runs
        set status = 'interrupted', finished_at = (select heartbeat_at from carryover_lease l where l.run_id = carryover_runs.id)
      where status = 'running'
     returning id`,
  )
  return rows.map((row) => Number(row[0])).toSorted((a, b) => a - b)
}
