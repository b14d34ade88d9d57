import Database from 'better-sqlite3'
import { blob, integer, numeric, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import type { Write } from '../../../src/target/writes.js'
import { openTarget, temporaryFile } from './temporary-file.js'

const things = sqliteTable('things', {
  id: integer('id').primaryKey(),
  name: text('name'),
  code: text('code', { length: 5 }),
  madeAt: integer('made_at', { mode: 'timestamp' }),
  seenAt: integer('seen_at', { mode: 'timestamp_ms' }),
  active: integer('active', { mode: 'boolean' }),
  data: text('data', { mode: 'json' }),
  size: real('size'),
  amount: numeric('amount'),
  bytes: blob('bytes', { mode: 'buffer' }),
})

const ddl = `create table things (
  id integer primary key,
  name text unique collate nocase,
  code text check (length(code) > 1),
  made_at integer, seen_at integer, active integer, data text, size real, amount numeric, bytes blob,
  parent integer references things,
  doubled integer generated always as (active * 2) virtual,
  unique (name, code)
)`

test('a table that exists is taken as it is: names are made as Postgres makes them', async () => {
  const target = await openTarget(fileWith(ddl))
  const table = await target.readTable(things)
  expect(table.uniqueKeys.map((key) => [key.name, key.parts])).toEqual([
    ['things_pkey', ['"id"']],
    ['things_name_code_key', ['"name"', '"code"']],
    ['things_name_key', ['"name"']],
  ])
  expect(table.checks).toEqual([
    { name: 'things_code_check', expression: 'length(code) > 1', columns: ['code'] },
  ])
  expect(table.foreignKeys).toMatchObject([
    {
      name: 'things_parent_fkey',
      columns: ['parent'],
      parent: 'things',
      parentColumns: ['id'],
      enforced: false,
    },
  ])
  expect(table.columns.map(({ name, type }) => [name, type.kind])).toEqual([
    ['id', 'integer'],
    ['name', 'text'],
    ['code', 'text'],
    ['made_at', 'timestamp'],
    ['seen_at', 'timestamp'],
    ['active', 'boolean'],
    ['data', 'json'],
    ['size', 'float'],
    ['amount', 'numeric'],
    ['bytes', 'bytes'],
    ['parent', 'integer'],
    ['doubled', 'integer'],
  ])
  expect(table.columns.filter((column) => column.foldsCase).map((column) => column.name)).toEqual(['name'])
  expect(table.columns.filter((column) => column.generated).map((column) => column.name)).toEqual(['doubled'])
  expect(table.columns.at(0)).toMatchObject({ nullable: false, identity: 'by default' })
  // A row's number without autoincrement is one more than the greatest: there is nothing to advance.
  expect(table.sequences).toEqual([])
})

test('values are stored as drizzle stores them, and read back as they were', async () => {
  const path = fileWith(ddl)
  const target = await openTarget(path)
  const record = {
    name: 'Ann',
    code: 'ab',
    made_at: '2024-01-02T03:04:05Z',
    seen_at: '2024-01-02T03:04:05.678Z',
    active: 'true',
    data: '{"a":1}',
    size: '0.5',
    amount: '12.5',
    bytes: '\\x00ff',
  }
  const applied = await apply(target, [record])
  expect([...applied.rowKeys]).toEqual([[0, '1']])
  const held = read(
    path,
    'select made_at, seen_at, active, data, size, amount, hex(bytes) as bytes from things',
  )
  expect(held).toEqual({
    made_at: 1704164645,
    seen_at: 1704164645678,
    active: 1,
    data: '{"a":1}',
    size: 0.5,
    amount: 12.5,
    bytes: '00FF',
  })
  const table = await target.readTable(things)
  const staged = {
    table,
    columns: Object.keys(record),
    rows: [{ ordinal: 0, values: Object.values(record) }],
  }
  const differences = await target.inBatch((batch) => batch.differences(staged, applied.rowKeys))
  expect([...differences]).toEqual([])
})

test('a conflict clause of the table replaces nobody', async () => {
  const path = fileWith('create table things (id integer primary key, name text unique on conflict replace)')
  const target = await openTarget(path)
  const { failures } = await apply(target, [{ name: 'Ann' }, { name: 'Ann' }])
  expect(failures).toEqual([
    expect.objectContaining({ ordinal: 1, code: 'unique_conflict', constraint: 'things_name_key' }),
  ])
  expect(read(path, 'select count(*) as rows, min(id) as id from things')).toEqual({ rows: 1, id: 1 })
})

test('what a trigger wrote before it refused is taken back with its record', async () => {
  const path = fileWith(`create table things (id integer primary key, name text);
    create table log (name text);
    create trigger noted after insert on things begin insert into log values (new.name); end;
    create trigger refused after insert on things when new.name = 'bad' begin select raise(fail, 'no'); end`)
  const target = await openTarget(path)
  const { failures } = await apply(target, [{ name: 'good' }, { name: 'bad' }, { name: 'fine' }])
  expect(failures.map((failure) => [failure.ordinal, failure.code])).toEqual([[1, 'database']])
  expect(read(path, `select group_concat(name) as names from log`)).toEqual({ names: 'good,fine' })
  expect(read(path, `select group_concat(name) as names from things`)).toEqual({ names: 'good,fine' })
})

test('a row that a trigger ignores is a refusal', async () => {
  const path = fileWith(`create table things (id integer primary key, name text);
    create trigger ignored before insert on things when new.name = 'bad' begin select raise(ignore); end`)
  const target = await openTarget(path)
  const { failures, rowKeys } = await apply(target, [{ name: 'bad' }, { name: 'good' }])
  expect(failures).toEqual([expect.objectContaining({ ordinal: 0, code: 'database', nativeCode: 'CO001' })])
  expect([...rowKeys]).toEqual([[1, '1']])
})

async function apply(
  target: Awaited<ReturnType<typeof openTarget>>,
  records: readonly Record<string, string>[],
) {
  await target.ledger.prepare()
  const table = await target.readTable(things)
  const columns = Object.keys(records[0] ?? {})
  const writes = records.map((record, ordinal): Write => ({
    ordinal,
    action: 'insert',
    legacyKey: String(ordinal),
    fingerprint: 'f',
    role: 'owner',
    known: false,
    rowKey: null,
    values: columns.map((column) => record[column] ?? null),
    changed: new Set(),
    seen: new Map(),
    formerOwner: null,
    parentKey: null,
    applied: null,
  }))
  return target.inBatch((batch) =>
    batch.apply({ pipeline: 'p', runId: 1, table, columns, compared: columns, writes }),
  )
}

function fileWith(statements: string): string {
  const path = temporaryFile()
  const database = new Database(path)
  database.exec(statements)
  database.close()
  return path
}

function read(path: string, statement: string): unknown {
  const database = new Database(path)
  const row = database.prepare(statement).get()
  database.close()
  return row
}
