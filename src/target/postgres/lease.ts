import type { Lease, Lessee } from '../lease.js'
import { inShortTransaction } from './in-short-transaction.js'
import type { Session, TextRow } from './session.js'

/** Who runs now, as the ledger tells it; null when nobody says so, or when there is no ledger. */
export async function readLease(session: Session): Promise<Lease | null> {
  if (!(await hasLease(session))) return null
  const [row] = await session.query(
    `select token, run_id::text, command, host, os_user, process_id::text, backend_pid::text, deployment,
            to_jsonb(acquired_at) #>> '{}' as acquired_at, to_jsonb(heartbeat_at) #>> '{}' as heartbeat_at
       from carryover.lease`,
  )
  return row === undefined ? null : leaseOf(row)
}

/** True when the ledger is there. */
export async function hasLease(session: Session): Promise<boolean> {
  const [there] = await session.query(`select to_regclass('carryover.lease')::text as lease`)
  return there?.['lease'] != null
}

/**
 * Writes the lease of who has just got the lock. Nobody else runs then: what the ledger calls running has died.
 * Waits for the batch that a former holder may still have open, no longer than `lockTimeoutMs`.
 */
export async function writeLease(
  session: Session,
  lease: Lessee & Pick<Lease, 'token' | 'backendPid'>,
  lockTimeoutMs: number,
): Promise<void> {
  const { token, command, host, user, processId, backendPid, deployment } = lease
  await inShortTransaction(session, lockTimeoutMs, async () => {
    await markInterrupted(session)
    await session.query(
      `insert into carryover.lease (id, token, run_id, command, host, os_user, process_id, backend_pid, deployment, acquired_at, heartbeat_at)
       values (1, $1, null, $2, $3, $4, $5, $6, $7, now(), now())
       on conflict (id) do update
          set token = excluded.token, run_id = excluded.run_id, command = excluded.command, host = excluded.host,
              os_user = excluded.os_user, process_id = excluded.process_id, backend_pid = excluded.backend_pid,
              deployment = excluded.deployment, acquired_at = excluded.acquired_at, heartbeat_at = excluded.heartbeat_at`,
      [token, command, host, user, processId, backendPid, deployment],
    )
  })
}

/** Notes the number of the run. */
export async function nameRun(session: Session, token: string, runId: number): Promise<void> {
  await session.query('update carryover.lease set run_id = $2 where token = $1', [token, runId])
}

/** Notes the process that holds the lock now; false when the lease is somebody else's. */
export async function renewLease(session: Session, token: string, backendPid: number): Promise<boolean> {
  const statement = 'update carryover.lease set backend_pid = $2 where token = $1'
  return (await session.execute(statement, [token, backendPid])) === 1
}

/** Removes a lease, and nobody else's. */
export async function removeLease(session: Session, token: string): Promise<void> {
  await session.query('delete from carryover.lease where token = $1', [token])
}

/** Removes whatever lease is there, as the holder of the lock; answers the runs that turned out to have died. */
export async function clearLease(session: Session, lockTimeoutMs: number): Promise<number[]> {
  if (!(await hasLease(session))) return []
  return inShortTransaction(session, lockTimeoutMs, async () => {
    const interrupted = await markInterrupted(session)
    await session.query('delete from carryover.lease')
    return interrupted
  })
}

/** Marks what is called running as interrupted; a run that left its lease was last heard of at its heartbeat. */
async function markInterrupted(session: Session): Promise<number[]> {
  // First of all, so that a batch that is still open under this lease is waited for.
  await session.query('select 1 from carryover.lease for update')
  const rows = await session.query(
    `update carryover.runs r
        set status = 'interrupted', finished_at = (select heartbeat_at from carryover.lease l where l.run_id = r.id)
      where r.status = 'running'
     returning r.id::text`,
  )
  return rows.map((row) => Number(row['id'])).toSorted((a, b) => a - b)
}

function leaseOf(row: TextRow): Lease {
  const instant = (name: string) => new Date(row[name] as string).toISOString()
  return {
    token: row['token'] as string,
    runId: numberOf(row['run_id']),
    command: row['command'] as string,
    host: row['host'] as string,
    user: row['os_user'] as string,
    processId: Number(row['process_id']),
    backendPid: numberOf(row['backend_pid']),
    deployment: row['deployment'] ?? null,
    acquiredAt: instant('acquired_at'),
    heartbeatAt: instant('heartbeat_at'),
  }
}

function numberOf(text: string | null | undefined): number | null {
  return text == null ? null : Number(text)
}
