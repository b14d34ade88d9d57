import { heartbeatMs } from '../lease.js'
import { lockLost } from '../locked-error.js'
import type { Session } from './session.js'
import { ServerError } from './translate-error.js'

/** What stands before every transaction of a run: none begins under a lease that is not its own any more. */
export interface Fence {
  /** The lease that must hold; undefined while nobody runs. */
  token: string | undefined
  /**
   * Begins a transaction. Until it ends nobody can take the lease over, so that what it writes cannot mix with another run's.
   * @param begin the statements that begin it
   * @throws LockedError `run.lock_lost`
   */
  begin(begin: string): Promise<void>
  /** The same for what is no batch: answers when the lease is ours at this moment. */
  confirm(): Promise<void>
}

/** What the fence raises; no code of Postgres begins like this. */
const leaseIsLost = 'CO003'

/**
 * A fence that is down.
 * @param ready called before a transaction begins under a lease
 * @param beatMs how old the last sign of life may be
 */
export function openFence(session: Session, ready: () => Promise<void>, beatMs = heartbeatMs): Fence {
  let beatAt = performance.now()
  const send = async (begin: string, token: string) => {
    await ready()
    const isDue = performance.now() - beatAt >= beatMs
    try {
      // Together with what begins the transaction: the fence costs no round trip.
      await session.query(`${begin}; ${fenceSql(token, isDue)}`)
    } catch (error) {
      throw error instanceof ServerError && error.sqlState === leaseIsLost ? lockLost() : error
    }
    if (isDue) beatAt = performance.now()
  }
  const fence: Fence = {
    token: undefined,
    begin: async (begin) => {
      if (fence.token === undefined) await session.query(begin)
      else await send(begin, fence.token)
    },
    confirm: async () => {
      if (fence.token !== undefined) await send('select 1', fence.token)
    },
  }
  return fence
}

/** Fails unless the lease is there, and keeps it until the transaction ends. The token is a UUID that we have made. */
function fenceSql(token: string, isDue: boolean): string {
  const ours = `id = 1 and token = '${token}'`
  const statement = isDue
    ? `update carryover.lease set heartbeat_at = clock_timestamp() where ${ours}`
    : `perform 1 from carryover.lease where ${ours} for share`
  return `do $fence$ begin
    ${statement};
    if not found then raise exception using errcode = '${leaseIsLost}', message = 'the lease is not ours'; end if;
  end $fence$`
}
