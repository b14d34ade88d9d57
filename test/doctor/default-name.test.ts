import { expect, test } from 'vitest'
import { defaultName } from '../../src/doctor/default-name.js'
import { freshDatabase } from '../postgres/fresh-database.js'

test.each([
  ['users', ['id'], 'users_id_key'],
  ['a'.repeat(60), ['b'.repeat(10)], `${'a'.repeat(48)}_${'b'.repeat(10)}_key`],
  ['a'.repeat(40), ['b'.repeat(40), 'c'], `${'a'.repeat(29)}_${'b'.repeat(29)}_key`],
])('%s over %j is named as Postgres names it', async (table, columns, expected) => {
  const { query } = await freshDatabase()
  await query(
    `create table ${table} (${columns.map((column) => `${column} integer`).join(', ')}, unique (${columns.join(', ')}))`,
  )
  const [named] = await query(
    `select conname::text as name from pg_constraint where conrelid = '${table}'::regclass`,
  )
  expect(named).toEqual({ name: expected })
  expect(defaultName(table, columns, 'key')).toBe(expected)
})
