import { is, Table } from 'drizzle-orm'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { driftChecks } from '../../../src/doctor/drift/drift-checks.js'
import { findDrift } from '../../../src/doctor/drift/find-drift.js'
import { openPostgres } from '../../../src/target/postgres/open-postgres.js'
import { openSqlite } from '../../../src/target/sqlite/open-sqlite.js'
import type { Target } from '../../../src/target/target.js'
import { defaultOptions } from '../../contract/engine.js'
import { tables } from '../../contract/tables.js'
import { freshDatabase } from '../../postgres/fresh-database.js'
import { temporaryFile } from '../../target/sqlite/temporary-file.js'
import * as schema from '../../../pipelines/schema.js'

const sample = Object.values(schema).filter((exported) => is(exported, Table))
const root = new URL('../../../', import.meta.url)

async function everythingFound(target: Target, declared: readonly Table[]) {
  try {
    const facts = { survey: await target.audit.survey([]), declared }
    expect(findDrift(facts)).toEqual([])
    return driftChecks.flatMap((check) => check.find(facts).map(({ object }) => `${check.code} ${object}`))
  } finally {
    await target.close()
  }
}

describe('a database that was just made differs in nothing', () => {
  test('the sample, by its migrations on Postgres', async () => {
    const target = await openPostgres((await freshDatabase()).url, defaultOptions)
    await target.applyMigrations({ folder: new URL('drizzle', root).pathname, tables: sample })
    expect(await everythingFound(target, sample)).toEqual([])
  })

  test('the sample, by its twins on SQLite', async () => {
    const target = await openSqlite(temporaryFile(), defaultOptions)
    await target.applyMigrations({ folder: new URL('drizzle', root).pathname, tables: sample })
    expect(await everythingFound(target, sample)).toEqual([])
  })

  test('every kind of column and key, on Postgres', async () => {
    const database = await freshDatabase()
    await database.query(await readFile(new URL('test/contract/tables.sql', root), 'utf8'))
    expect(await everythingFound(await openPostgres(database.url, defaultOptions), tables)).toEqual([])
  })

  test('every kind of column and key, on SQLite', async () => {
    const target = await openSqlite(temporaryFile(), defaultOptions)
    await target.applyMigrations({ folder: undefined, tables })
    expect(await everythingFound(target, tables)).toEqual([])
  })
})

test('errors alone are drift', async () => {
  const database = await freshDatabase()
  await database.query(await readFile(new URL('test/contract/tables.sql', root), 'utf8'))
  await database.query(
    `alter table users drop column age; alter table users alter status drop default; create table other (id integer)`,
  )
  const target = await openPostgres(database.url, defaultOptions)
  const drift = findDrift({ survey: await target.audit.survey([]), declared: tables })
  await target.close()
  expect(drift).toEqual([
    {
      code: 'drift.column_missing',
      object: 'users.age',
      message: 'The schema declares the column as integer, and the table does not have it.',
    },
  ])
})
