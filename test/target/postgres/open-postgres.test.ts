import { expect, test } from 'vitest'
import { roleWard } from '../../doctor/role-ward.js'
import { freshDatabase } from '../../postgres/fresh-database.js'

test('a database that refuses the first question leaves no connection open', async () => {
  const { role, query, asRole } = await roleWard()
  await query('create schema carryover; create table carryover.meta (version integer)')

  await expect(asRole(() => Promise.resolve(), {})).rejects.toMatchObject({ code: 'database.permission' })

  // The server notices the end of a connection a little later.
  await expect.poll(() => connectionsOf(role)).toBe(0)
})

async function connectionsOf(role: string): Promise<number> {
  const database = await freshDatabase()
  const rows = await database.query(`select from pg_stat_activity where usename = '${role}'`)
  return rows.length
}
