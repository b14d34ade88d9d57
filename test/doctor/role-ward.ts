import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { openPostgres } from '../../src/target/postgres/open-postgres.js'
import type { OpenOptions, Target } from '../../src/target/target.js'
import { defaultOptions } from '../contract/engine.js'
import { freshDatabase } from '../postgres/fresh-database.js'

/** A fresh database, and a role that has no rights in it, not even those of everybody. */
export interface RoleWard {
  role: string
  /** As the superuser. */
  query(sql: string): Promise<void>
  /** As the role, in a transaction that is rolled back. */
  asRole<Answer>(work: (target: Target) => Promise<Answer>, different?: Partial<OpenOptions>): Promise<Answer>
}

/** Both are gone when the test is over. */
export async function roleWard(): Promise<RoleWard> {
  const database = await freshDatabase()
  // Roles belong to the whole server.
  const role = `role_${randomBytes(6).toString('hex')}`
  await database.query(`create role ${role} login; revoke all on schema public from public`)
  onTestFinished(async () => {
    await database.query(`drop owned by ${role}; drop role ${role}`)
  })
  const url = Object.assign(new URL(database.url), { username: role }).href
  return {
    role,
    query: async (sql) => void (await database.query(sql)),
    asRole: async (work, different = { withoutLedger: true }) => {
      const target = await openPostgres(url, { ...defaultOptions, rehearsal: true, ...different })
      try {
        return await work(target)
      } finally {
        await target.close()
      }
    },
  }
}
