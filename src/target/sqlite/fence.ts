import { heartbeatMs } from '../lease.js'
import { lockLost } from '../locked-error.js'
import type { Connection } from './connection.js'

/** What stands before every transaction of a run: none goes on under a lease that is not its own any more. */
export interface Fence {
  /** The lease that must hold; undefined while nobody runs. */
  token: string | undefined
  /** Shows a sign of life, outside of a batch: a batch that only reads must not become one that writes. */
  beat(): void
  /**
   * Inside of a transaction, before anything else: what it reads and writes then is what was when the lease was ours, or
   * SQLite gives no lock for the writing.
   * @throws LockedError `run.lock_lost`
   */
  check(): void
}

/**
 * A fence that is down.
 * @param beatMs how old the last sign of life may be
 */
export function openFence(connection: Connection, lockTimeoutMs: number, beatMs = heartbeatMs): Fence {
  let beatAt = performance.now()
  const fence: Fence = {
    token: undefined,
    beat: () => {
      const isDue = performance.now() - beatAt >= beatMs
      if (fence.token === undefined || !isDue || connection.inTransaction) return
      // While somebody else writes there is no sign of life: nobody waits for that.
      connection.exec('pragma busy_timeout = 0')
      try {
        const now = new Date().toISOString()
        connection.run('update carryover_lease set heartbeat_at = ? where token = ?', [now, fence.token])
        beatAt = performance.now()
      } catch {
        // The next batch tries again, and says what is wrong if something is.
      } finally {
        connection.exec(`pragma busy_timeout = ${lockTimeoutMs}`)
      }
    },
    check: () => {
      if (fence.token === undefined) return
      const lease = connection.get('select 1 from carryover_lease where token = ?', [fence.token])
      if (lease === undefined) throw lockLost()
    },
  }
  return fence
}
