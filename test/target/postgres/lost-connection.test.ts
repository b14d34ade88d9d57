import { expect, onTestFinished, test } from 'vitest'
import type { NewRun } from '../../../src/target/ledger.js'
import { openTarget } from '../../../src/target/open-target.js'
import { connect } from '../../../src/target/postgres/connect.js'
import { openSession, type Session } from '../../../src/target/postgres/session.js'
import type { TargetTable } from '../../../src/target/table.js'
import type { OpenOptions, Target } from '../../../src/target/target.js'
import { defaultOptions } from '../../contract/engine.js'
import { freshDatabase, type FreshDatabase } from '../../postgres/fresh-database.js'
import { startProxy, type Proxy } from '../../postgres/start-proxy.js'

const table = { name: 'people' } as TargetTable

const newRun: NewRun = {
  command: 'run',
  pipelines: [],
  toolVersion: '1',
  startedAt: new Date(0),
  host: 'h',
  user: 'u',
  deployment: null,
  commit: null,
  definitions: null,
}

test.each(['before', 'after'] as const)(
  'a connection that is lost %s the server has answered a commit does nothing twice and nothing not at all',
  async (when) => {
    const { database, proxy, target } = await open()
    await target.ledger.prepare()
    proxy.cutAt('commit\0', when)
    expect(await target.ledger.beginRun(newRun)).toBe(1)
    expect(await database.query('select id::int from carryover.runs')).toEqual([{ id: 1 }])
  },
)

test('a batch whose connection is lost is done again, from its beginning', async () => {
  const { database, target } = await open()
  await target.ledger.prepare()
  let attempts = 0
  const shared = await target.inBatch(async (batch) => {
    attempts += 1
    if (attempts === 1) await terminate(database)
    return batch.sharedRows('people', table, ['1'])
  })
  expect(shared).toEqual(new Map())
  expect(attempts).toBe(2)
})

test('without a second try the error says that the connection was lost', async () => {
  const { database, target } = await open({ retryMs: 0 })
  await target.ledger.prepare()
  const asking = target.inBatch(async (batch) => {
    await terminate(database)
    return batch.sharedRows('people', table, ['1'])
  })
  await expect(asking).rejects.toMatchObject({ code: 'database.connection', retryable: true })
  expect(await target.ledger.exists()).toBe(true)
})

test('a rehearsal whose connection is lost ends, and says why', async () => {
  const { database, target } = await open({ rehearsal: true })
  await terminate(database)
  await expect(target.inBatch(async () => 'done')).rejects.toMatchObject({ code: 'run.rehearsal_lost' })
  await expect(target.ledger.exists()).rejects.toMatchObject({ code: 'run.rehearsal_lost' })
})

test('nothing is sent outside of the transaction that it was meant for', async () => {
  const { database, session } = await openBare()
  await session.query('create table t (n int)')
  await session.query('begin')
  await terminate(database)
  expect(session.inTransaction).toBe(true)
  await expect(session.query('insert into t values (1)')).rejects.toMatchObject({ retryable: true })
  await expect(session.query('insert into t values (2)')).rejects.toMatchObject({ retryable: true })
  await session.query('rollback')
  await session.query('insert into t values (3)')
  expect(await database.query('select n from t')).toEqual([{ n: 3 }])
})

test('what is to be done on a new connection is done before anything else', async () => {
  const { database, session } = await openBare()
  session.onReconnect(async () => void (await session.query('set application_name = anew')))
  expect(await session.query('show application_name')).toEqual([{ application_name: 'carryover' }])
  await lose(database, session)
  expect(await session.query('show application_name')).toEqual([{ application_name: 'anew' }])
})

test('a new connection on which that fails is not used', async () => {
  const { database, session } = await openBare()
  session.onReconnect(async () => {
    throw new Error('no lock')
  })
  await lose(database, session)
  await expect(session.query('select 1')).rejects.toThrow('no lock')
  await expect(session.query('select 1')).rejects.toThrow('no lock')
})

test('a wrong port is told at once', async () => {
  const opening = openTarget('postgres://postgres@127.0.0.1:1/postgres', '/', defaultOptions)
  await expect(opening).rejects.toMatchObject({ code: 'database.connection', retryable: false })
  await expect(opening).rejects.not.toThrow('tried')
})

test('a server that accepts and never answers is given up on', async () => {
  const { url } = await freshDatabase()
  const proxy = await startProxy(url)
  onTestFinished(() => proxy.stop())
  proxy.goSilent()
  await expect(
    openTarget(proxy.url, '/', { ...defaultOptions, connectTimeoutMs: 300 }),
  ).rejects.toMatchObject({
    code: 'database.connection',
    hint: expect.stringContaining('timeouts.connectMs'),
  })
})

test('a statement that is never answered ends soon after the run was told to', async () => {
  const controller = new AbortController()
  const { proxy, target } = await open({ signal: controller.signal })
  proxy.goSilent()
  const waiting = target.ledger.exists()
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

test.each([
  ['lock_timeout', '2s'],
  ['statement_timeout', '3s'],
])('%s holds for what is no batch too, and for nobody else', async (setting, value) => {
  const { database, target } = await open({ statementTimeoutMs: 3_000 })
  await target.ledger.prepare()
  await database.query(`
    create table seen (value text);
    create function see() returns trigger language plpgsql as
      $$ begin insert into seen values (current_setting('${setting}')); return new; end $$;
    create trigger see before insert on carryover.runs for each row execute function see()`)
  await target.ledger.beginRun(newRun)
  expect(await database.query('select value from seen')).toEqual([{ value }])
})

interface Opened {
  database: FreshDatabase
  proxy: Proxy
  target: Target
}

async function open(options: Partial<OpenOptions> = {}): Promise<Opened> {
  const database = await freshDatabase()
  const proxy = await startProxy(database.url)
  const target = await openTarget(proxy.url, '/', { ...defaultOptions, ...options })
  onTestFinished(async () => {
    await target.close()
    await proxy.stop()
  })
  return { database, proxy, target }
}

async function openBare(): Promise<{ database: FreshDatabase; session: Session }> {
  const database = await freshDatabase()
  const reconnect = () =>
    connect({ connectionString: database.url, application_name: 'carryover' }, undefined)
  const session = openSession(await reconnect(), { reconnect })
  onTestFinished(() => session.close())
  return { database, session }
}

/** Ends the connection in the middle of a statement. */
async function lose(database: FreshDatabase, session: Session): Promise<void> {
  const asking = session.query('select pg_sleep(60)').catch((error: unknown) => error)
  await terminate(database)
  expect(await asking).toMatchObject({ code: 'database.connection' })
}

/** Ends the connections of carryover, and waits until the server has. */
async function terminate(database: FreshDatabase): Promise<void> {
  const ours = `from pg_stat_activity where application_name = 'carryover' and datname = current_database()`
  await database.query(`select pg_terminate_backend(pid) ${ours}`)
  while ((await database.query(`select pid ${ours}`)).length > 0);
}
