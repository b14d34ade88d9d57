// drizzle's own batch of inserts that update what is there by one key: node drizzle-batch.mjs URL FILE.ndjson
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const [url, file] = process.argv.slice(2)
const members = pgTable('members', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  handle: text('handle').notNull(),
  name: text('name').notNull(),
  teamId: uuid('team_id'),
  score: integer('score').notNull(),
  joinedAt: timestamp('joined_at', { withTimezone: true, mode: 'string' }).notNull(),
  profile: jsonb('profile').notNull(),
})
const set = {
  email: sql`excluded.email`,
  handle: sql`excluded.handle`,
  name: sql`excluded.name`,
  teamId: sql`excluded.team_id`,
  score: sql`excluded.score`,
  joinedAt: sql`excluded.joined_at`,
  profile: sql`excluded.profile`,
}
const database = drizzle(url)
const write = (batch) =>
  database.insert(members).values(batch).onConflictDoUpdate({ target: members.id, set })

let batch = []
for await (const line of createInterface({ input: createReadStream(file) })) {
  const { team, joined, ...rest } = JSON.parse(line)
  batch.push({ ...rest, teamId: team, joinedAt: joined })
  if (batch.length < 1_000) continue
  await write(batch)
  batch = []
}
if (batch.length > 0) await write(batch)
await database.$client.end()
