import { expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../../../src/target/postgres/open-postgres.js'
import { defaultOptions } from '../../../contract/engine.js'
import { freshDatabase } from '../../../postgres/fresh-database.js'

test('a table is let go as soon as it is read: a transaction has no locks for thousands of them', async () => {
  const database = await freshDatabase()
  await database.query('create table users (id integer primary key generated always as identity)')
  // A rehearsal is one transaction to its end.
  const target = await openPostgres(database.url, { ...defaultOptions, rehearsal: true })
  onTestFinished(() => target.close())
  const [users] = (await target.audit.survey([])).tables
  if (users === undefined) throw new Error('The table is not there.')
  expect(await target.audit.sequences([])).toHaveLength(1)
  expect(await target.audit.countRows(users, 10)).toBe(0)
  expect(await target.audit.tryInsert(users)).toBe(null)
  expect(
    await database.query(
      `select relation::regclass::text as held from pg_locks where relation in ('users'::regclass, 'users_pkey'::regclass) and pid <> pg_backend_pid()`,
    ),
  ).toEqual([])
})
