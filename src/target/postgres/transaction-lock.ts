import type { Client } from 'pg'
import { lockKey, type AdvisoryLock } from './advisory-lock.js'
import { openSession, type Session } from './session.js'

/** A connection through which nothing is sent for long may be cut by whoever stands in between. */
const keepAliveMs = 10_000

/** The server must not end a transaction that does nothing but hold the lock; Postgres 17 has a second limit. */
const settings = `set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0; set local statement_timeout = 0;
  select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'`

/**
 * The lock of a transaction that is held open on a connection of its own. A transaction pooler gives a session lock to
 * whichever clients share the server's connection; a transaction it leaves alone.
 */
export function transactionLock(connect: () => Promise<Client>): AdvisoryLock {
  let connection: Connection | undefined
  let held = false
  const release = async () => {
    held = false
    await connection?.close()
    connection = undefined
  }
  return {
    tryTake: async () => {
      if (connection?.isOpen() !== true) await release()
      connection ??= await openConnection(connect)
      const { session } = connection
      await session.query(`begin; ${settings}`)
      const [row] = await session.query(
        `select pg_try_advisory_xact_lock(${lockKey})::text as locked, pg_backend_pid()::text as pid`,
      )
      held = row?.['locked'] === 'true'
      if (held) return Number(row?.['pid'])
      // Whoever waits leaves the server's connection to the others.
      await session.query('rollback')
      return undefined
    },
    isHeld: () => held && connection?.isOpen() === true,
    release,
  }
}

interface Connection {
  readonly session: Session
  isOpen(): boolean
  close(): Promise<void>
}

async function openConnection(connect: () => Promise<Client>): Promise<Connection> {
  const client = await connect()
  let open = true
  const lost = () => void (open = false)
  client.on('error', lost)
  client.on('end', lost)
  const session = openSession(client)
  const keepAlive = setInterval(() => void session.query('select 1').catch(lost), keepAliveMs).unref()
  return {
    session,
    isOpen: () => open,
    close: async () => {
      clearInterval(keepAlive)
      if (open) await session.query('rollback').catch(() => undefined)
      await client.end().catch(() => undefined)
    },
  }
}
