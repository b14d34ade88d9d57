import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { shareOf } from '../data/members.js'
import type { Ground } from '../measure/ground.js'

/** One round on SQLite, with bare prepared inserts as the limit. */
export async function onSqlite(ground: Ground): Promise<void> {
  const { samples, records, folder } = ground
  const file = (name: string) => join(folder, 'variants', `${name}.json`)

  const bare = await ground.freshSqlite()
  await placeTeams(folder, bare)
  samples.add(
    'sqlite bare inserts',
    await ground.opponent('sqlite-inserts', bare, join(folder, 'members.ndjson')),
  )
  await ground.expectMembers(`sqlite:${bare}`, records)

  const loaded = `sqlite:${await ground.freshSqlite()}`
  for (const [name, variant] of [
    ['first load', 'plain'],
    ['rerun, files as they were', undefined],
    ['rerun, files rewritten', 'rewritten'],
    ['1 % changed', 'changed-1'],
    ['10 % changed', 'changed-10'],
  ] as const) {
    if (variant !== undefined) await ground.place(file(variant))
    samples.add(`sqlite ${name}`, await ground.carryover(loaded))
    await ground.expectMembers(loaded, records)
  }
  for (const [percent, share] of [
    [1, 0.01],
    [10, 0.1],
  ] as const) {
    const url = `sqlite:${await ground.freshSqlite()}`
    await ground.place(file(`bad-${percent}`))
    samples.add(`sqlite ${percent} % bad`, await ground.carryover(url, { codes: [4] }))
    await ground.expectMembers(url, records - shareOf(records, share))
  }
}

async function placeTeams(folder: string, path: string): Promise<void> {
  const teams = JSON.parse(await readFile(join(folder, 'data/teams.json'), 'utf8')) as {
    id: string
    slug: string
  }[]
  const database = new Database(path)
  const insert = database.prepare('insert into teams values (@id, @slug)')
  database.transaction(() => teams.forEach((team) => insert.run(team)))()
  database.close()
}
