import Database from 'better-sqlite3'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { CrashDatabase } from './crash-database.js'
import type { Seeded } from './seeded.js'

/** What the writer left: `<id> <column>` → the value it committed last. */
export type Edits = ReadonlyMap<string, string>

const columns = ['name', 'status', 'balance'] as const

/**
 * Edits a random column of a random person over and over, as an application does: now and then it holds the row's lock for a
 * while, rolls back, or signs up somebody of its own.
 * @param isDone asked after each transaction
 */
export async function writeUntil(
  database: CrashDatabase,
  random: Seeded,
  isDone: () => boolean,
): Promise<Edits> {
  const rows = await database.query('select id from people order by id')
  // A row that the import takes over from the application gets the values of the source: that is another policy.
  const ids = rows.map(({ id }) => String(id)).filter((id) => !id.startsWith('00000000'))
  const edits = new Map<string, string>()
  const writer = await openWriter(database)
  for (let no = 1; !isDone(); no += 1) {
    const isNew = random.chance(0.05)
    const id = isNew ? `ffffffff-0000-4000-8000-${String(no).padStart(12, '0')}` : random.pick(ids)
    const column = random.pick(columns)
    const value = column === 'balance' ? `${no}.25` : `edit ${no}`
    await writer.execute(database.engine === 'sqlite' ? 'begin immediate' : 'begin')
    if (isNew)
      await writer.execute(
        `insert into people (id, email, name, status, balance, team_id)
         values ('${id}', 'writer-${no}@example.org', 'new', 'new', '0.25', 1)`,
      )
    await writer.execute(`update people set ${column} = '${value}' where id = '${id}'`)
    if (random.chance(0.2)) await sleep(random.whole(50))
    const commits = random.chance(0.8)
    await writer.execute(commits ? 'commit' : 'rollback')
    if (commits) edits.set(`${id} ${column}`, value)
    if (commits && isNew) ids.push(id)
    await sleep(random.whole(10))
  }
  await writer.close()
  return edits
}

async function openWriter(
  database: CrashDatabase,
): Promise<{ execute(sql: string): Promise<void>; close(): Promise<void> }> {
  if (database.engine === 'sqlite') {
    const connection = new Database(database.url.slice('sqlite:'.length), { timeout: 60_000 })
    return { execute: async (sql) => void connection.exec(sql), close: async () => void connection.close() }
  }
  const client = new pg.Client(database.url)
  await client.connect()
  return { execute: async (sql) => void (await client.query(sql)), close: () => client.end() }
}
