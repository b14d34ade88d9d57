import { expect, test } from 'vitest'
import { comparable, rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const things = `
import { organizations } from '../schema.js'

export const things = pg.pgTable(
  'things',
  {
    id: pg.integer('id').primaryKey(),
    code: pg.varchar('code', { length: 5 }).notNull(),
    small: pg.smallint('small'),
    amount: pg.numeric('amount', { precision: 5, scale: 2 }),
    born: pg.date('born'),
    ownerId: pg.uuid('owner_id').references(() => organizations.id),
    slot: pg.integer('slot').unique(),
    state: pg.text('state').notNull().default('new'),
    payload: pg.jsonb('payload'),
  },
  (table) => [
    pg.check('things_small_check', sql\`\${table.small} < 100\`),
    pg.check('things_state_check', sql\`\${table.state} <> 'new' or \${table.code} <> 'lock'\`),
    pg.check('things_pair_check', sql\`\${table.code} <> 'pair' or \${table.small} > 1\`),
  ],
)
export default definePipeline({
  name: 'things',
  source: { files: '../data/things.json' },
  record: z.object({ id: z.number(), code: z.unknown(), small: z.unknown().optional(), amount: z.unknown().optional(), born: z.unknown().optional(), owner: z.string().nullish(), slot: z.unknown().optional(), payload: z.unknown().optional() }),
  key: 'id',
  target: things,
  match: [['id']],
  columns: {
    id: 'id',
    code: ({ code }) => {
      if (code === 'boom') throw new RangeError('a function that fails')
      return code as string
    },
    small: ({ small }) => small as number | undefined,
    amount: ({ amount }) => amount as string | undefined,
    born: ({ born }) => born as string | undefined,
    ownerId: 'owner',
    slot: ({ slot }) => slot as number | undefined,
    payload: json('payload'),
  },
})
`

const ddl = `
create table things (
  id integer primary key,
  code varchar(5) not null,
  small smallint,
  amount numeric(5, 2),
  born date,
  owner_id uuid references organizations (id),
  slot integer constraint things_slot_unique unique,
  state text not null default 'new',
  payload jsonb,
  constraint things_small_check check (small < 100),
  constraint things_state_check check (state <> 'new' or code <> 'lock'),
  constraint things_pair_check check (code <> 'pair' or small > 1)
)`

const nobody = '00000000-0000-4000-8000-000000000000'

/** Bad records of every kind, a good one before, between and after them. `loud` and `mute` are what triggers wait for. */
const records = [
  { id: 1, code: 'a', slot: 1 },
  { id: 2, code: 'b', small: 100 },
  { id: 3, code: 'c', owner: nobody },
  { id: 4, code: null },
  { id: 5, code: 'd', small: 'seven' },
  { id: 6, code: 'sixsix' },
  { id: 7, code: 'e', small: 32_768 },
  { id: 8, code: 'f', amount: '1.005' },
  { id: 9, code: 'g', amount: '1000' },
  { id: 10, code: 'h', born: '2023-02-29' },
  { id: 11, code: 'i', slot: 2 },
  { id: 12, code: 'a\0b' },
  { id: 13, code: '\ud800' },
  { id: 14, code: 'boom' },
  { id: 15, code: 'lock' },
  { id: 16, code: 'pair', small: 1 },
  { id: 17, code: 'j', slot: 2 },
  { id: 18, code: 'loud' },
  { id: 19, code: 'k', slot: 3 },
  { id: 20, code: 'l', slot: 1 },
  { id: 'no number', code: 'm' },
  { id: 22, code: 'n', owner: 'no uuid' },
  { id: 23, code: 'o', slot: 4 },
]

const good = [1, 11, 19, 23]

promise('a bad record leaves nothing of itself and takes nobody with it', (ground) => {
  test('bad records of every kind are named, and their neighbours of the same batch land', async () => {
    await lay(ground)
    const report = await ground.run({ only: ['things'] })
    expect(report.errors).toEqual([])
    expect(report).toMatchObject({ status: 'rejects', exitCode: 4 })
    expect(rejectsOf(report, 'things')).toEqual({
      2: 'check small',
      3: 'foreign_key owner_id',
      4: 'not_null code',
      5: 'type small',
      6: 'too_long code',
      7: 'out_of_range small',
      8: 'out_of_range amount',
      9: 'out_of_range amount',
      10: 'type born',
      12: 'nul_character code',
      13: 'lone_surrogate code',
      14: 'invalid_record code',
      15: 'check',
      16: 'check',
      17: 'unique_conflict',
      18: 'database',
      20: 'unique_conflict',
      'no number': 'invalid_record id',
      22: 'type owner_id',
    })
    expect(await idsOf(ground)).toEqual(good)
    expect(report.totals).toMatchObject({ inserted: good.length, rejected: records.length - good.length })
  })

  test('a rejected record has no row, no entry in the ledger, and nothing that its triggers wrote', async () => {
    await lay(ground)
    await ground.run({ only: ['things'] })
    const entries = await ground.query(
      `select legacy_key from ${ground.ledger('records')} where pipeline = 'things'`,
    )
    expect(entries.map((entry) => Number(entry['legacy_key'])).toSorted((a, b) => a - b)).toEqual(good)
    expect((await ground.query('select thing from audit order by thing')).map((row) => row['thing'])).toEqual(
      good,
    )
  })

  test.each([1, 3, 7])('batches of %i give the report and the rows of one large batch', async (batch) => {
    await lay(ground)
    const small = await ground.run({ only: ['things'], batch })
    const rows = await ground.query('select * from things order by id')
    await ground.query('delete from things')
    for (const table of ['records', 'rejects']) await ground.query(`delete from ${ground.ledger(table)}`)
    const large = await ground.run({ only: ['things'], batch: 1000 })
    expect(comparable(small)).toEqual(comparable(large))
    expect(await ground.query('select * from things order by id')).toEqual(rows)
  })

  test('a bad change leaves the row as it was, and its neighbours change', async () => {
    await lay(ground)
    await ground.source('things', [
      { id: 1, code: 'a' },
      { id: 2, code: 'b' },
      { id: 3, code: 'c' },
      { id: 4, code: 'd' },
    ])
    await ground.run({ only: ['things'] })
    const before = await ledgerOf(ground)
    await ground.source('things', [
      { id: 1, code: 'A' },
      { id: 2, code: 'loud' },
      { id: 3, code: 'C', small: 100 },
      { id: 4, code: 'D' },
    ])
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ updated: 2, rejected: 2 })
    expect(await ground.query('select id, code from things order by id')).toEqual([
      { id: 1, code: 'A' },
      { id: 2, code: 'b' },
      { id: 3, code: 'c' },
      { id: 4, code: 'D' },
    ])
    const after = await ledgerOf(ground)
    expect([after[1], after[2]]).toEqual([before[1], before[2]])
    expect(after[0]).not.toEqual(before[0])
  })

  test('a row that a trigger keeps from being written is rejected, and leaves no entry', async () => {
    await lay(ground)
    await ground.source('things', [
      { id: 1, code: 'a' },
      { id: 2, code: 'mute' },
      { id: 3, code: 'c' },
    ])
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toEqual({ 2: 'database' })
    expect(await idsOf(ground)).toEqual([1, 3])
    expect((await ledgerOf(ground)).map((entry) => entry['legacy_key'])).toEqual(['1', '3'])
    expect(report.pipelines[0]?.verification.ok).toBe(true)
  })

  test('a rejected record is in again as soon as it is mended', async () => {
    await lay(ground)
    await ground.source('things', [{ id: 1, code: 'a', small: 100 }])
    await ground.run({ only: ['things'] })
    await ground.source('things', [{ id: 1, code: 'a', small: 99 }])
    const report = await ground.run({ only: ['things'] })
    expect(report).toMatchObject({ status: 'ok', exitCode: 0, totals: { inserted: 1, rejected: 0 } })
  })

  test('a record of which a check or a key cannot be computed is rejected alone, in a plan too', async ({
    skip,
  }) => {
    if (ground.engine === 'sqlite')
      return skip('an expression that fails on a value is rare there: 1 / 0 is null')
    await lay(ground)
    await ground.query(`alter table things add constraint things_ratio_check check (100 / small > 0)`)
    await ground.query(
      `create unique index things_payload_key on things (((payload ->> 'n')::int)) where code <> 'free'`,
    )
    await ground.source('things', [
      { id: 1, code: 'a', small: 1, payload: { n: '1' } },
      { id: 2, code: 'b', small: 2, payload: { n: 'two' } },
      { id: 3, code: 'c', small: 0, payload: { n: '3' } },
      { id: 4, code: 'free', small: 4, payload: { n: 'four' } },
      { id: 5, code: 'e', small: 5, payload: { n: '1' } },
    ])
    const planned = await ground.plan({ only: ['things'] })
    const report = await ground.run({ only: ['things'] })
    expect(report.errors).toEqual([])
    expect(rejectsOf(report, 'things')).toEqual({ 2: 'type', 3: 'database small', 5: 'unique_conflict' })
    expect(await idsOf(ground)).toEqual([1, 4])
    expect(comparable(planned)).toEqual(comparable(report))
  })
})

async function lay(ground: Ground): Promise<void> {
  await addPipeline(ground, 'things', things, ddl)
  await ground.query('create table audit (thing integer)')
  for (const sql of ground.engine === 'sqlite' ? sqliteTriggers : [postgresTriggers]) await ground.query(sql)
  await ground.source('things', records)
}

/** An audit row for every row that lands, a refusal of `loud`, and silence for `mute`. */
const postgresTriggers = `
create function audit() returns trigger language plpgsql as $$
begin
  if new.code = 'mute' then return null; end if;
  insert into audit values (new.id);
  return new;
end $$;
create function refuse() returns trigger language plpgsql as $$
begin
  if new.code = 'loud' then raise exception 'not %', new.code; end if;
  return null;
end $$;
create trigger audit before insert on things for each row execute function audit();
create trigger refuse after insert or update on things for each row execute function refuse()`

const sqliteTriggers = [
  `create trigger audit before insert on things when new.code <> 'mute' begin insert into audit values (new.id); end`,
  `create trigger mute before insert on things when new.code = 'mute' begin select raise(ignore); end`,
  `create trigger refuse after insert on things when new.code = 'loud' begin select raise(abort, 'not loud'); end`,
  `create trigger refuse_update after update on things when new.code = 'loud' begin select raise(abort, 'not loud'); end`,
]

async function idsOf(ground: Ground): Promise<unknown[]> {
  return (await ground.query('select id from things order by id')).map((row) => row['id'])
}

async function ledgerOf(ground: Ground) {
  return ground.query(
    `select legacy_key, row_key, fingerprint, role from ${ground.ledger('records')} where pipeline = 'things' order by legacy_key`,
  )
}
