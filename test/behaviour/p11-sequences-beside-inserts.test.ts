import pg from 'pg'
import { expect, test } from 'vitest'
import { sequences } from '../../src/index.js'
import { freshDatabase } from '../postgres/fresh-database.js'

const clients = 10
const rounds = 40
const insertsEach = 150

/** Inserts as an application does: some let the column's default draw, some draw the number first. */
async function insertMany(url: string, table: string, drawsFirst: boolean): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  let inserted = 0
  try {
    for (let at = 0; at < insertsEach; at += 1) {
      const text = drawsFirst
        ? `with drawn as materialized (select nextval('${table}_id_seq') as id) insert into ${table} (id) select id from drawn`
        : `insert into ${table} default values`
      await client.query(text)
      inserted += 1
    }
  } finally {
    await client.end()
  }
  return inserted
}

test('sequences are repaired beside ten clients that insert: no number comes twice, and none is moved back', async () => {
  const database = await freshDatabase()
  await database.query(
    `create table fallen (id bigserial primary key); insert into fallen select generate_series(1, 100000);
     create table sound (id bigserial primary key)`,
  )
  const fix = () => sequences({ database: database.url, env: {}, fix: true, cwd: '/' })
  // Until it is repaired for the first time, inserts into the table fail.
  expect((await fix()).moved).toMatchObject([{ table: 'fallen', from: null, to: '100000', next: '100001' }])
  const tables = ['fallen', 'sound']
  const work = { isDone: false }
  const inserting = Promise.all(
    Array.from({ length: clients }, (_, at) =>
      insertMany(database.url, tables[at % 2] as string, at % 4 < 2),
    ),
  ).finally(() => (work.isDone = true))
  // A number that is given again and again, as an import does: so far ahead that nobody gets there before it is repaired.
  const lastOf = async (table: string) =>
    BigInt(
      (await database.query<{ last: string }>(`select last_value::text as last from ${table}_id_seq`))[0]
        ?.last ?? 0,
    )
  let [last, round] = [0n, 0]
  while (!work.isDone || round < rounds) {
    round += 1
    const ahead = round % 3 === 0 ? 5_000 : 900
    await database.query(`insert into fallen select last_value + ${ahead} from fallen_id_seq`)
    expect((await fix()).errors).toEqual([])
    const now = await lastOf('fallen')
    expect(now >= last).toBe(true)
    last = now
  }
  expect((await inserting).reduce((sum, inserted) => sum + inserted, 0)).toBe(clients * insertsEach)
  expect(
    (await sequences({ database: database.url, env: {}, cwd: '/' })).sequences.map(({ state }) => state),
  ).toEqual(['ok', 'ok'])
}, 240_000)
