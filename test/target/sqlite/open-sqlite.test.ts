import Database from 'better-sqlite3'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '../../../src/target/sqlite/open-sqlite.js'
import { openTarget, temporaryFile } from './temporary-file.js'

const options = { lockTimeoutMs: 50, statementTimeoutMs: 0, rehearsal: false, readOnly: false }
const people = pgTable('people', { id: uuid('id').primaryKey(), name: text('name').unique() })

test('a file is made where none is, and read in WAL mode', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  expect(target.info).toEqual({
    dialect: 'sqlite',
    version: expect.stringMatching(/^3\./) as string,
    database: path,
  })
  expect(new Database(path, { readonly: true }).pragma('journal_mode', { simple: true })).toBe('wal')
})

test('a database in memory needs no file and no lock', async () => {
  const target = await openTarget(':memory:')
  await target.applyMigrations({ folder: undefined, tables: [people] })
  expect(await target.withRunLock({ waitMs: 0 }, async () => (await target.readTable(people)).name)).toBe(
    'people',
  )
  expect(existsSync(':memory:.lock')).toBe(false)
})

test.each([
  [
    'a directory that does not exist',
    () => join(dirname(temporaryFile()), 'absent', 'target.sqlite'),
    'database.cannot_open',
  ],
  ['a directory', () => dirname(temporaryFile()), 'database.cannot_open'],
  [
    'a file that is no database',
    () => fileOf('this is not a database, but text that is long enough'),
    'database.not_a_database',
  ],
])('%s is refused, and the path is named', async (_, make, code) => {
  const path = make()
  await expect(openSqlite(path, options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(path) as string,
    hint: expect.any(String) as string,
  })
})

test.each(['readOnly', 'rehearsal'] as const)(
  'what may leave nothing behind (%s) makes no file',
  async (mode) => {
    const path = temporaryFile()
    await expect(openSqlite(path, { ...options, [mode]: true })).rejects.toMatchObject({
      code: 'database.no_file',
    })
    expect(existsSync(path)).toBe(false)
  },
)

test('what another program has locked is busy, which passes', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  await target.ledger.prepare()
  const other = new Database(path)
  other.exec('begin immediate')
  await expect(target.ledger.closeRejects('p', 1, ['x'])).rejects.toMatchObject({
    code: 'database.busy',
    retryable: true,
  })
  other.exec('rollback')
  other.close()
  await target.ledger.closeRejects('p', 1, ['x'])
})

test('a batch that lost its snapshot to another program is busy, and lands when it is tried again', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  await target.ledger.prepare()
  const other = new Database(path, { timeout: 0 })
  other.exec('create table other (written text)')
  onTestFinished(() => void other.close())
  const reject = {
    id: 'r',
    legacyKey: null,
    at: 'a',
    code: 'check',
    column: null,
    message: 'm',
    record: null,
    surroundings: null,
    copy: 'none',
    ordinal: 0,
    replaces: [],
  } as const
  const work = (meanwhile: () => void) =>
    target.inBatch(async (batch) => {
      await batch.keepRejects('p', 1, [])
      await target.ledger.openRejectIds('p')
      meanwhile()
      await batch.keepRejects('p', 1, [reject])
    })
  const writeElsewhere = () => void other.exec(`insert into other values ('x')`)
  await expect(work(writeElsewhere)).rejects.toMatchObject({ code: 'database.busy', retryable: true })
  await work(() => expect(writeElsewhere).toThrow('locked'))
  expect(await target.ledger.openRejectIds('p')).toEqual(['r'])
})

test('batches that are asked for at once take turns', async () => {
  const target = await openTarget(temporaryFile())
  const order: string[] = []
  const work = (name: string) =>
    target.inBatch(async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      order.push(`${name} ends`)
    })
  await Promise.all([work('one'), work('two')])
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
})

test('preparing a ledger that is there, and keeping rejects that are open, writes nothing', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  const reject = {
    id: 'r',
    legacyKey: null,
    at: 'a',
    code: 'check',
    column: null,
    message: 'm',
    record: null,
    surroundings: null,
    copy: 'none',
    ordinal: 0,
    replaces: [],
  } as const
  await target.ledger.prepare()
  await target.inBatch((batch) => batch.keepRejects('p', 1, [reject]))
  const watcher = new Database(path)
  onTestFinished(() => void watcher.close())
  const version = watcher.pragma('data_version', { simple: true })
  await target.ledger.prepare()
  await target.inBatch((batch) => batch.keepRejects('p', 2, [reject]))
  await target.ledger.closeRejects('p', 2, [])
  expect(watcher.pragma('data_version', { simple: true })).toBe(version)
  await target.ledger.beginRun({
    command: 'run',
    pipelines: [],
    toolVersion: '1',
    startedAt: new Date(0),
    host: 'h',
    user: 'u',
    deployment: null,
    commit: null,
    definitions: null,
  })
  expect(watcher.pragma('data_version', { simple: true })).not.toBe(version)
})

test('a ledger that a newer carryover made is refused', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  await target.ledger.prepare()
  const other = new Database(path)
  other.exec('update carryover_meta set version = 99')
  other.close()
  await expect(target.ledger.prepare()).rejects.toMatchObject({ code: 'ledger.newer' })
})

test('the lock of a run is free as soon as the one who held it is killed, and its file stays', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  const holder = await holdLock(path)
  await expect(target.withRunLock({ waitMs: 0 }, async () => 'in')).rejects.toMatchObject({
    code: 'run.locked',
  })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await target.withRunLock({ waitMs: 0 }, async () => 'in')).toBe('in')
  expect(existsSync(`${path}.lock`)).toBe(true)
})

function fileOf(content: string): string {
  const path = temporaryFile()
  writeFileSync(path, content.repeat(100))
  return path
}

/** Another process that holds the lock, as a run does, until it is killed. */
async function holdLock(path: string): Promise<ChildProcess> {
  const program = join(dirname(path), 'hold.mjs')
  const driver = import.meta.resolve('better-sqlite3')
  writeFileSync(
    program,
    `import Database from '${driver}'
     new Database(process.argv[2]).exec('begin exclusive')
     process.send('held')
     setInterval(() => {}, 1000)`,
  )
  const holder = fork(program, [`${path}.lock`])
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder, 'message')
  return holder
}
