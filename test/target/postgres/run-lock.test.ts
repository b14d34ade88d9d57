import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Lessee } from '../../../src/target/lease.js'
import { openPostgres } from '../../../src/target/postgres/open-postgres.js'
import { openRunLock } from '../../../src/target/postgres/run-lock.js'
import { openSession } from '../../../src/target/postgres/session.js'
import type { Target } from '../../../src/target/target.js'
import { defaultOptions } from '../../contract/engine.js'
import { freshDatabase, type FreshDatabase } from '../../postgres/fresh-database.js'
import { noPooler, startPooler, unlessTested, type Pooler } from '../../postgres/start-pgbouncer.js'

const me: Lessee = { command: 'run', host: 'here', user: 'somebody', processId: 71, deployment: null }

let database: FreshDatabase
const opened: { close(): Promise<void> }[] = []
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const open = async (url = database.url): Promise<Target> => {
  const target = await openPostgres(url, { ...defaultOptions, lockTimeoutMs: 500 })
  opened.push(target)
  return target
}

const withLock = <Result>(target: Target, work: () => Promise<Result>, waitMs = 0) =>
  target.withRunLock({ waitMs }, () => target.withLease(me, work))

/** Who holds advisory locks, and how. */
const holders = () =>
  database.query<{ pid: number; state: string }>(
    `select l.pid, a.state from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())`,
  )

test('a direct connection holds the lock with its session, not with a transaction', async () => {
  await withLock(await open(), async () => {
    expect(await holders()).toMatchObject([{ state: 'idle' }])
  })
  expect(await holders()).toEqual([])
})

describe.skipIf(noPooler)(`behind a transaction pooler${unlessTested}`, () => {
  let pooler: Pooler
  beforeAll(async () => {
    pooler = await startPooler((await freshDatabase()).url)
  })
  afterAll(() => pooler?.stop())

  test('the lock is held by a transaction that is kept open', async () => {
    await withLock(await open(pooler.through(database.url)), async () => {
      expect(await holders()).toMatchObject([{ state: 'idle in transaction' }])
    })
    expect(await holders()).toEqual([])
  })

  test.each([
    ['pooled', 'pooled', true, true],
    ['pooled', 'direct', true, false],
    ['direct', 'pooled', false, true],
  ])('a %s run keeps out a %s one', async (_, __, first, second) => {
    const url = (isPooled: boolean) => (isPooled ? pooler.through(database.url) : database.url)
    const holder = await open(url(first))
    const rival = await open(url(second))
    await holder.ledger.prepare()
    await withLock(holder, async () => {
      await expect(withLock(rival, async () => 'in')).rejects.toMatchObject({
        code: 'run.locked',
        message: expect.stringContaining('on here (process 71)'),
      })
    })
    expect(await withLock(rival, async () => 'in')).toBe('in')
  })

  test('a rival that waits keeps no connection of the pool', async () => {
    const holder = await open(pooler.through(database.url))
    const rival = await open(pooler.through(database.url))
    let second: Promise<string> | undefined
    await withLock(holder, async () => {
      second = withLock(rival, async () => 'in', 10_000)
      await new Promise((resolve) => setTimeout(resolve, 500))
      const inTransaction = await database.query(
        `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      )
      expect(inTransaction).toHaveLength(1)
    })
    expect(await second).toBe('in')
  })

  test('limits on idle transactions do not end the one that holds the lock', async () => {
    const name = new URL(database.url).pathname.slice(1)
    await database.query(`alter database ${name} set idle_in_transaction_session_timeout = 100`)
    if (database.major >= 17) await database.query(`alter database ${name} set transaction_timeout = 100`)
    await withLock(await open(pooler.through(database.url)), async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      expect(await holders()).toHaveLength(1)
    })
  })

  test('a lost connection takes the lock again while the lease is ours, and the run goes on', async () => {
    const holder = await open(pooler.through(database.url))
    await holder.ledger.prepare()
    await withLock(holder, async () => {
      const [before] = await holders()
      await terminate(before?.pid)
      expect(await holder.inBatch(async () => 'in')).toBe('in')
      const [after] = await holders()
      expect(after?.pid).not.toBe(before?.pid)
      expect((await holder.lockState()).lease?.backendPid).toBe(after?.pid)
    })
  })

  test('a lost connection ends the run when another has run in between', async () => {
    const holder = await open(pooler.through(database.url))
    const rival = await open()
    await holder.ledger.prepare()
    const run = withLock(holder, async () => {
      await terminate((await holders())[0]?.pid)
      await withLock(rival, async () => undefined, 5_000)
      await holder.inBatch(async () => database.query('create table too_late ()'))
    })
    await expect(run).rejects.toMatchObject({ code: 'run.lock_lost' })
    expect(await holders()).toEqual([])
    expect(await database.query(`select to_regclass('too_late') as made`)).toEqual([{ made: null }])
  })

  test('who takes over waits for the batch that is still open, and leaves when it does not end', async () => {
    const holder = await open(pooler.through(database.url))
    const rival = await open()
    await holder.ledger.prepare()
    await withLock(holder, async () => {
      await holder.inBatch(async () => {
        await terminate((await holders())[0]?.pid)
        await expect(withLock(rival, async () => 'in', 5_000)).rejects.toMatchObject({ code: 'run.locked' })
      })
    })
    expect(await withLock(rival, async () => 'in')).toBe('in')
  })
})

describe('a connection that was lost and made again', () => {
  test('takes the lock of the session again while the lease is ours', async () => {
    await (await open()).ledger.prepare()
    const line = await openLine()
    const lock = openRunLock({ ...line, lockTimeoutMs: 500 })
    await lock.withRunLock({ waitMs: 0 }, () =>
      lock.withLease(me, async () => {
        await line.replace()
        expect(await holders()).toEqual([])
        await lock.retake()
        expect(await holders()).toEqual([{ pid: line.session.announcedPid(), state: 'idle' }])
        await lock.confirm()
      }),
    )
    expect(await holders()).toEqual([])
  })

  test('does not take it when another has run in between', async () => {
    const rival = await open()
    await rival.ledger.prepare()
    const line = await openLine()
    const lock = openRunLock({ ...line, lockTimeoutMs: 500 })
    const run = lock.withRunLock({ waitMs: 0 }, () =>
      lock.withLease(me, async () => {
        await line.replace()
        await withLock(rival, async () => undefined)
        await lock.retake()
      }),
    )
    await expect(run).rejects.toMatchObject({ code: 'run.lock_lost' })
    expect(await holders()).toEqual([])
  })

  test('takes it where nothing has been written under it yet', async () => {
    const line = await openLine()
    const lock = openRunLock({ ...line, lockTimeoutMs: 500 })
    await lock.withRunLock({ waitMs: 0 }, async () => {
      await line.replace()
      await lock.retake()
      expect(await holders()).toEqual([{ pid: line.session.announcedPid(), state: 'idle' }])
    })
  })
})

test('a batch shows a sign of life when the last one is old', async () => {
  await (await open()).ledger.prepare()
  for (const [heartbeatMs, alive] of [
    [0, true],
    [60_000, false],
  ] as const) {
    const line = await openLine()
    const lock = openRunLock({ ...line, lockTimeoutMs: 500, heartbeatMs })
    await lock.withRunLock({ waitMs: 0 }, () =>
      lock.withLease(me, async () => {
        await lock.begin('begin')
        await line.session.query('commit')
        expect(
          await database.query('select heartbeat_at > acquired_at as alive from carryover.lease'),
        ).toEqual([{ alive }])
      }),
    )
  }
})

describe('breaking the lock', () => {
  test('ends the process of the server that holds it, and its run is interrupted', async () => {
    const holder = await open()
    const other = await open()
    await holder.ledger.prepare()
    const run = withLock(holder, async () => {
      const state = await other.lockState()
      expect(await other.breakLock(state)).toEqual([])
      expect(await other.lockState()).toEqual({ held: false, lease: null, backendPid: null })
      await holder.inBatch(async () => 'in')
    })
    await expect(run).rejects.toMatchObject({ code: 'run.lock_lost', exitCode: 3 })
  })

  test('spares a process that does not hold it any more, and the lease of the next run', async () => {
    const first = await open()
    const second = await open()
    const other = await open()
    await first.ledger.prepare()
    const state = await withLock(first, () => other.lockState())
    await withLock(second, async () => {
      expect(await other.breakLock(state)).toEqual([])
      expect(await first.inBatch(async () => 'alive')).toBe('alive')
      expect(await second.inBatch(async () => 'alive')).toBe('alive')
    })
  })
})

async function terminate(pid: number | undefined): Promise<void> {
  await database.query('select pg_terminate_backend($1)', [pid])
  while ((await holders()).some((holder) => holder.pid === pid)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // What holds the connection hears of it.
  await new Promise((resolve) => setTimeout(resolve, 50))
}

/** A session whose connection can be lost and made again. */
async function openLine() {
  const reconnect = async () => {
    const client = new pg.Client(database.url)
    await client.connect()
    return client
  }
  const session = openSession(await reconnect(), { reconnect })
  opened.push(session)
  return { session, reconnect, replace: () => terminate(session.announcedPid() ?? undefined) }
}
