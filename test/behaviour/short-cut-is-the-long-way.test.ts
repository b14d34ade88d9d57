import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undo, type RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { layGround, type Ground } from './ground.js'
import { trials } from './undo-history.js'

type Given<Made> = Made extends fc.Arbitrary<infer Value> ? Value : never

const original = Object.fromEntries(
  await Promise.all(
    ['organizations', 'people', 'tickets'].map(async (name) => [
      name,
      await readFile(new URL(`./fixture/pipelines/${name}.ts`, import.meta.url), 'utf8'),
    ]),
  ),
) as Record<'organizations' | 'people' | 'tickets', string>

const status = `legacyEnum('status', ['active', 'closed'], { aliases: { on: 'active' }, fallback: 'closed' })`

const few = <Value>(value: fc.Arbitrary<Value>, most: number) => fc.array(value, { maxLength: most })
const id = fc.integer({ min: 1, max: 5 })

const organization = fc.record({
  id,
  slug: fc.constantFrom('north', 'south', 'east'),
  name: fc.constantFrom('One', 'Two'),
  status: fc.constantFrom('active', 'Active', 'on', null, 'unheard of'),
})
const person = fc.record({
  id: fc.oneof(id, id.map(String)),
  email: fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'),
  handle: fc.constantFrom('h', 'H', 'i', null),
  org: fc.oneof(id, fc.constant(null)),
  age: fc.constantFrom(1, -1, 2, 'old'),
  nickname: fc.constantFrom('Nick', 'much too long for it', null),
  unread: fc.constantFrom(1, 1, 1, 2),
})
const ticket = fc.record({
  id,
  title: fc.constantFrom('t', 'u', null),
  author: fc.oneof(id, fc.constant(null)),
})

/** Two ways of mapping each pipeline. */
const mappings = fc.record({
  organizations: fc.constantFrom("name: 'name'", "name: Status.from('status')"),
  people: fc.constantFrom("nickname: 'nickname'", "nickname: () => 'same'"),
  filter: fc.constantFrom('', 'filter: ({ age }) => age !== 2,'),
  missing: fc.constantFrom("missing: 'reject'", "missing: 'null'"),
})

const edit = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.constantFrom(
      (who: string) => `update people set nickname = 'by hand' where email = '${who}@example.org'`,
      (who: string) => `update people set organization_id = null where email = '${who}@example.org'`,
      (who: string) => `delete from people where email = '${who}@example.org'`,
      () => `delete from organizations where slug = 'north'`,
      () => `update organizations set slug = 'west' where slug = 'south'`,
      () => `delete from tickets where title = 't'`,
    ),
  )
  .map(([who, statement]) => statement(who))

const step = fc.record({
  organizations: few(organization, 4),
  people: few(person, 6),
  tickets: few(ticket, 4),
  /** Which of them are given anew; the others stay as they are. */
  anew: fc.record({
    organizations: fc.boolean(),
    people: fc.boolean(),
    tickets: fc.boolean(),
    mappings: fc.nat(3),
  }),
  mappings,
  isSpaced: fc.boolean(),
  only: fc.constantFrom<string[]>([], [], ['people'], ['organizations']),
  batch: fc.constantFrom(1, 2, 100),
  parallel: fc.constantFrom(1, 2, 4),
  afterwards: fc.constantFrom('nothing', 'nothing', 'undo', 'replay'),
  edits: few(edit, 2),
})

const policies = fc.record({
  missing: fc.constantFrom('keep', 'delete'),
  edited: fc.constantFrom('keep', 'overwrite'),
  deleted: fc.constantFrom('leave', 'recreate'),
})

/** The ordinary run tries the same histories each time; others come with CARRYOVER_TEST_SEED. */
test.each(['sqlite', 'postgres'] as const)(
  'a run that skips what has not changed does what one does that maps everything, on %s',
  async (engine) => {
    let skipped = 0
    const tries = trials(engine === 'sqlite' ? 18 : 9)
    await fc.assert(
      fc.asyncProperty(policies, fc.array(step, { minLength: 2, maxLength: 6 }), async (chosen, steps) => {
        const [short, long] = [await layGround(engine), await layGround(engine)]
        for (const [at, given] of steps.entries()) {
          const options = {
            policies: chosen,
            batch: given.batch,
            parallel: given.parallel,
            only: given.only,
            allowOlder: true,
          }
          for (const ground of [short, long]) await laySources(ground, given, at === 0)
          const quick = await short.run(options)
          const slow = await long.run({ ...options, full: true })
          skipped += quick.pipelines.reduce((sum, { source }) => sum + (source.untouched ?? 0), 0)
          await expectAlike([short, quick], [long, slow])
          if (given.afterwards === 'replay')
            await expectAlike(
              [short, await short.run({ ...options, rejects: true })],
              [long, await long.run({ ...options, rejects: true })],
            )
          if (given.afterwards === 'undo')
            for (const [ground, { runId }] of [
              [short, quick],
              [long, slow],
            ] as const)
              await undo({ ...ground.options, runId: runId as number, withLater: true })
          for (const statement of given.edits)
            for (const ground of [short, long]) await tryTo(ground, statement)
        }
      }),
      { seed: 1, ...tries },
    )
    expect(skipped).toBeGreaterThan(0)
  },
  1_800_000,
)

async function laySources(ground: Ground, given: Given<typeof step>, isFirst: boolean): Promise<void> {
  for (const name of ['organizations', 'people', 'tickets'] as const) {
    if (isFirst || given.anew[name])
      await ground.file(`data/${name}.json`, JSON.stringify(given[name], null, given.isSpaced ? 2 : 0))
  }
  if (isFirst || given.anew.mappings === 0) await layMappings(ground, given.mappings)
}

async function layMappings(
  ground: Ground,
  { organizations, people, filter, missing }: Given<typeof mappings>,
) {
  await ground.file(
    'pipelines/organizations.ts',
    original.organizations
      .replace('import { definePipeline,', 'import { definePipeline, legacyEnum,')
      .replace('export default', `const Status = ${status}\nexport default`)
      .replace('name: z.string() }', 'name: z.string(), status: z.unknown() }')
      .replace("key: 'id',", "key: 'id', limits: { removals: '100%', rejects: 99 },")
      .replace("name: 'name' }", `${organizations} }`),
  )
  await ground.file(
    'pipelines/people.ts',
    original.people
      .replace("key: 'id',", `key: 'id', limits: { removals: '100%', rejects: 99 }, ${filter}`)
      .replace("reference(organizations, 'org')", `reference(organizations, 'org', { ${missing} })`)
      .replace("nickname: 'nickname'", people),
  )
  await ground.file(
    'pipelines/tickets.ts',
    original.tickets.replace("key: 'id',", "key: 'id', limits: { removals: '100%', rejects: 99 },"),
  )
}

async function expectAlike(
  [short, quick]: readonly [Ground, RunReport],
  [long, slow]: readonly [Ground, RunReport],
): Promise<void> {
  expect({ errors: quick.errors, exitCode: quick.exitCode, pipelines: comparable(quick) }).toEqual({
    errors: slow.errors,
    exitCode: slow.exitCode,
    pipelines: comparable(slow),
  })
  expect(quick.pipelines.map(({ verification }) => verification)).toEqual(
    slow.pipelines.map(({ verification }) => verification),
  )
  expect(await held(short)).toEqual(await held(long))
}

/** All rows, and who owns them; of the rows' own numbers, which an engine hands out, nothing. */
async function held(ground: Ground): Promise<unknown[]> {
  return Promise.all(
    [
      'select * from organizations order by slug',
      'select * from people order by email',
      'select * from tickets order by id',
      `select pipeline, legacy_key, row_key, role from ${ground.ledger('records')} order by 1, 2`,
      `select pipeline, legacy_key, code, message from ${ground.ledger('rejects')} where closed_run_id is null order by 1, 2, 3, 4`,
    ].map((sql) => ground.query(sql)),
  )
}

async function tryTo(ground: Ground, statement: string): Promise<void> {
  try {
    await ground.query(statement)
  } catch (error) {
    expect(String(error)).toMatch(/constraint/i)
  }
}
