import { describe, expect, test } from 'vitest'
import { freshDatabase } from './fresh-database.js'
import { chosenMajors, postgresMajors } from './majors.js'

describe.each(postgresMajors)('Postgres %i', (major) => {
  test('every server answers with its own major version', async () => {
    const database = await freshDatabase(major)
    const [row] = await database.query<{ version: number }>(
      `select current_setting('server_version_num')::integer / 10000 as version`,
    )
    expect(row?.version).toBe(major)
  })

  test('databases do not see each other', async () => {
    const [one, other] = await Promise.all([freshDatabase(major), freshDatabase(major)])
    await one.query('create table visitor (id integer)')
    expect(await other.query(`select to_regclass('visitor') as found`)).toEqual([{ found: null }])
  })

  test('a dropped database is gone, and dropping it again does nothing', async () => {
    const [kept, gone] = await Promise.all([freshDatabase(major), freshDatabase(major)])
    await gone.drop()
    await gone.drop()
    const name = new URL(gone.url).pathname.slice(1)
    expect(await kept.query('select from pg_database where datname = $1', [name])).toEqual([])
  })

  test('letters beyond ASCII have a lower case, and extensions are there', async () => {
    const database = await freshDatabase(major)
    await database.query('create extension citext; create extension pgcrypto; create extension "uuid-ossp"')
    const rows = await database.query(
      `select lower('ÉA') as lower, 'Éa'::citext = 'éA' as same, uuid_generate_v4() <> gen_random_uuid() as random`,
    )
    expect(rows).toEqual([{ lower: 'éa', same: true, random: true }])
  })
})

test('the majors can be narrowed, and one that is not there is refused', () => {
  expect(chosenMajors('18, 16')).toEqual([16, 18])
  expect(chosenMajors(undefined)).toEqual([15, 16, 18])
  expect(() => chosenMajors('9')).toThrow('names 9; there are servers for 15, 16, 18')
})
