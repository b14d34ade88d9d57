import { randomBytes } from 'node:crypto'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { doctor, sequences } from '../../src/index.js'
import { layGround, type Ground } from './ground.js'

const ground = {} as Ground
let asRole = {} as Ground['options']
let role = ''

beforeEach(async () => {
  Object.assign(ground, await layGround('postgres'))
  role = `narrow_${randomBytes(6).toString('hex')}`
  await ground.source('tickets', [{ id: 40, title: 'a' }])
  await ground.run()
  await ground.query(`create role ${role} login`)
  onTestFinished(async () => void (await ground.query(`drop owned by ${role}; drop role ${role}`)))
  await ground.query(`grant select, insert, update, delete on all tables in schema public to ${role}`)
  asRole = { ...ground.options, database: Object.assign(new URL(ground.url), { username: role }).href }
})

const states = async () => (await sequences(asRole)).sequences.map(({ state, next }) => ({ state, next }))

test('a sequence that the role may not read is not called ok: unknown, unless it may draw from it', async () => {
  expect(await states()).toEqual([{ state: 'unknown', next: null }])
  await ground.query(`grant usage on sequence tickets_id_seq to ${role}`)
  expect(await states()).toEqual([{ state: 'ok', next: '41' }])
})

test('a run that gives keys does not verify what it cannot see', async () => {
  await ground.query(
    `grant usage on schema carryover to ${role}; grant select, insert, update, delete on all tables in schema carryover to ${role}`,
  )
  await ground.source('tickets', [
    { id: 40, title: 'a' },
    { id: 41, title: 'b' },
  ])
  const sequencesOf = (report: Awaited<ReturnType<Ground['run']>>) =>
    report.pipelines
      .filter(({ name }) => name === 'tickets')
      .flatMap(({ verification }) => verification.checks)
      .find(({ name }) => name === 'sequences')
  const report = await ground.run(asRole)
  expect(report).toMatchObject({ status: 'failed', exitCode: 4, errors: [] })
  expect(sequencesOf(report)).toEqual({ name: 'sequences', expected: 1, actual: 0, ok: false })
  await ground.query(`grant usage, select, update on sequence tickets_id_seq to ${role}`)
  expect(sequencesOf(await ground.run({ ...asRole, full: true }))).toMatchObject({ ok: true })
})

test('an audit needs no right to the ledger, and tells that a run does', async () => {
  const audit = async (...onlyChecks: string[]) => {
    const { errors, findings } = await doctor({ ...asRole, onlyChecks })
    expect(errors).toEqual([])
    return findings
  }
  const found = await audit('privilege', 'migration')
  expect(found).toMatchObject([
    { code: 'privilege.missing', object: 'carryover', message: expect.stringContaining('keep the ledger') },
  ])
  for (const statement of found.flatMap(({ sql }) => sql)) await ground.query(statement)
  expect(await audit('privilege')).toEqual([])
  expect(await ground.plan(asRole)).toMatchObject({ errors: [], totals: { unchanged: 1 } })
})

test('an audit does not call in order what it could not look at', async () => {
  const seen = async (...onlyChecks: string[]) =>
    (await doctor({ ...asRole, onlyChecks, data: true, probe: true })).findings.map(
      ({ code, object, severity }) => `${severity} ${code} ${object}`,
    )
  expect(await seen('sequence')).toEqual(['warning sequence.behind tickets.id'])
  await ground.query(`revoke all on people from ${role}`)
  expect(await seen('insert', 'unique.case')).toEqual([
    'warning unique.case people',
    'info insert.fails people',
  ])
})

test('where migrations are noted need not be readable, and stands in the way of nothing else', async () => {
  await ground.query('create schema drizzle; create table drizzle.__drizzle_migrations (id integer)')
  for (const form of [{}, { probe: true }]) {
    const report = await doctor({ ...asRole, onlyChecks: ['migration', 'insert'], ...form })
    expect(report.errors).toEqual([])
    expect(report.findings).toMatchObject([
      { code: 'migration.blocked', message: expect.stringContaining('drizzle.__drizzle_migrations') },
    ])
  }
})

test('a plan by a role that may not see the ledger is refused, not made without it', async () => {
  expect(await ground.plan(asRole)).toMatchObject({ exitCode: 1, errors: [{ code: 'database.permission' }] })
})
