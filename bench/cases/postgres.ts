import { join } from 'node:path'
import { shareOf, type Variant } from '../data/members.js'
import type { Ground } from '../measure/ground.js'
import { hasPgloader, pgloader } from '../opponents/pgloader.js'

/** The files that the cases need beside the plain one. */
export const variants: readonly Variant[] = [
  { name: 'plain' },
  { name: 'rewritten', between: ',\n\n' },
  { name: 'changed-1', changed: 0.01 },
  { name: 'changed-10', changed: 0.1 },
  { name: 'bad-1', bad: 0.01 },
  { name: 'bad-10', bad: 0.1 },
]

/** Records that the slowest opponent is given: what it needs for all of them is reckoned. */
const slowRecords = 20_000

/** One round on Postgres: carryover and its opponents in turn. */
export async function onPostgres(ground: Ground): Promise<void> {
  const { samples, records, folder } = ground
  const file = (name: string) => join(folder, 'variants', `${name}.json`)
  const copy = `\\copy members from '${join(folder, 'members.copy')}'`
  const copyTeams = `\\copy teams from '${join(folder, 'teams.copy')}'`
  const ndjson = join(folder, 'members.ndjson')

  const copied = await ground.freshPostgres()
  samples.add('postgres copy', await ground.psql(copied, copyTeams, copy))

  const loaded = await ground.freshPostgres()
  const run = async (name: string) => {
    samples.add(name, await ground.carryover(loaded))
    await ground.expectMembers(loaded, records)
  }
  await ground.place(file('plain'))
  await run('postgres first load')
  await run('postgres rerun, files as they were')
  await ground.place(file('rewritten'))
  await run('postgres rerun, files rewritten')
  await ground.place(file('changed-1'))
  await run('postgres 1 % changed')
  await ground.place(file('changed-10'))
  await run('postgres 10 % changed')

  for (const [percent, share] of [
    [1, 0.01],
    [10, 0.1],
  ] as const) {
    const url = await ground.freshPostgres()
    await ground.place(file(`bad-${percent}`))
    samples.add(`postgres ${percent} % bad`, await ground.carryover(url, { codes: [4] }))
    await ground.expectMembers(url, records - shareOf(records, share))
  }

  const upserted = await ground.freshPostgres()
  await ground.psql(upserted, copyTeams)
  for (const which of ['first', 'again']) {
    samples.add(
      `postgres stage and on conflict, ${which}`,
      await ground.psql(
        upserted,
        'create temp table stage (like members)',
        copy.replace('members', 'stage'),
        `insert into members select * from stage on conflict (id) do update
            set (email, handle, name, team_id, score, joined_at, profile)
              = (excluded.email, excluded.handle, excluded.name, excluded.team_id, excluded.score, excluded.joined_at, excluded.profile)`,
      ),
    )
  }

  const drizzled = await ground.freshPostgres()
  await ground.psql(drizzled, copyTeams)
  for (const which of ['first', 'again'])
    samples.add(`postgres drizzle batch, ${which}`, await ground.opponent('drizzle-batch', drizzled, ndjson))
  await ground.expectMembers(drizzled, records)

  if (hasPgloader) {
    const url = await ground.freshPostgres()
    await ground.psql(url, copyTeams)
    samples.add('postgres pgloader', await pgloader(folder, url, 'members'))
    await ground.expectMembers(url, records)
  }

  const each = await ground.freshPostgres()
  await ground.psql(each, copyTeams)
  const few = Math.min(records, slowRecords)
  const { seconds, peakBytes } = await ground.opponent('each-record', each, ndjson, String(few))
  await ground.expectMembers(each, few)
  samples.add('postgres each record', { seconds: (seconds * records) / few, peakBytes })
}
