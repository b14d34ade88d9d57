import { expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../../src/target/postgres/open-postgres.js'
import { defaultOptions } from '../../contract/engine.js'
import { freshDatabase } from '../../postgres/fresh-database.js'

test('numbers that the session itself has in store do not count for the sequence', async () => {
  const database = await freshDatabase()
  await database.query(
    `create sequence stored cache 10; create table users (id bigint primary key default nextval('stored'))`,
  )
  const target = await openPostgres(database.url, defaultOptions)
  onTestFinished(() => target.close())
  const [users] = (await target.audit.survey([])).tables
  if (users === undefined) throw new Error('The table is not there.')
  await target.audit.tryInsert(users)
  await database.query('insert into users values (55)')
  const [facts] = await target.audit.sequences([])
  if (facts === undefined) throw new Error('The sequence is not there.')
  expect(await target.advanceSequence(facts)).toMatchObject({ from: '10' })
  expect(await database.query('insert into users default values returning id > 55 as is_new')).toEqual([
    { is_new: true },
  ])
})
