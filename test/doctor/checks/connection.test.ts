import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Check, Patient } from '../../../src/doctor/check.js'
import { connectionPlain } from '../../../src/doctor/checks/connection-plain.js'
import { connectionPooled } from '../../../src/doctor/checks/connection-pooled.js'
import { connectionSuperuser } from '../../../src/doctor/checks/connection-superuser.js'
import { openPostgres } from '../../../src/target/postgres/open-postgres.js'
import type { SurveyedConnection } from '../../../src/target/survey.js'
import { defaultOptions } from '../../contract/engine.js'
import { freshDatabase, type FreshDatabase } from '../../postgres/fresh-database.js'
import { noPooler, startPooler, unlessTested, type Pooler } from '../../postgres/start-pgbouncer.js'
import { ward } from '../clinic.js'

async function found(check: Check, url: string) {
  const target = await openPostgres(url, { ...defaultOptions, readOnly: true })
  try {
    return await check.find({ survey: await target.audit.survey([]) } as Patient)
  } finally {
    await target.close()
  }
}

test('a superuser is told, and a role without its rights is not', async () => {
  const database = await freshDatabase()
  const role = new URL(database.url).pathname.slice(1).replace('test_', 'role_')
  await database.query(`create role ${role} login`)
  try {
    const url = Object.assign(new URL(database.url), { username: role }).href
    expect(await found(connectionSuperuser, url)).toEqual([])
  } finally {
    await database.query(`drop role ${role}`)
  }
  expect(await found(connectionSuperuser, database.url)).toMatchObject([
    { object: 'postgres', message: 'The role postgres is a superuser.' },
  ])
})

test('a connection on the same machine is not plain, one to another machine is', async () => {
  const { url } = await freshDatabase()
  expect(await found(connectionPlain, url)).toEqual([])
  const connection: SurveyedConnection = {
    role: 'app',
    isSuperuser: false,
    isPlain: true,
    isPooled: false,
    ledgerGrants: [],
  }
  expect(await connectionPlain.find({ survey: { connection } } as Patient)).toMatchObject([
    { object: 'connection', hint: expect.stringContaining('sslmode=verify-full') },
  ])
})

test('of a file nothing of it is said', async () => {
  const { examine } = await ward('sqlite')
  for (const check of [connectionPlain, connectionPooled, connectionSuperuser])
    expect(await examine(check)).toEqual([])
})

describe.skipIf(noPooler)(`a transaction pooler${unlessTested}`, () => {
  let database: FreshDatabase
  let pooler: Pooler
  beforeAll(async () => {
    database = await freshDatabase()
    pooler = await startPooler(database.url)
  })
  afterAll(() => pooler.stop())

  test('is told, with the variables that lead past it', async () => {
    expect(await found(connectionPooled, database.url)).toEqual([])
    expect(await found(connectionPooled, pooler.through(database.url))).toMatchObject([
      { object: 'connection', hint: expect.stringContaining('DATABASE_UNPOOLED_URL') },
    ])
  })
})
