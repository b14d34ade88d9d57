import { expect, test } from 'vitest'
import { check, rejects, status } from '../../src/index.js'
import { commandLine } from './command-line.js'
import { rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const secret = 'Top-Secret-4711'

promise('no value of a row is in a report, unless it is asked for', (ground) => {
  test('not in the rejects of any kind, nor in warnings', async () => {
    await lay(ground)
    const report = await ground.run({ only: ['things'] })
    expect(report.errors).toEqual([])
    expect(Object.keys(rejectsOf(report, 'things')).length).toBe(bad.length)
    expectNoSecret(report)
    for (const command of [
      ground.plan({ only: ['things'], changes: 0 }),
      ground.verify({ only: ['things'] }),
    ]) {
      expectNoSecret(await command)
    }
    const options = { cwd: ground.dir, database: ground.url, env: {} }
    for (const command of [check(options), status(options), rejects(options)]) expectNoSecret(await command)
  })

  test('a message of a schema that quotes the value is not passed on', async () => {
    await lay(ground)
    await ground.source('things', [
      { id: 1, text: `refine ${secret}` },
      { id: 2, text: `issue ${secret}` },
      { id: 3, text: `object ${secret}`, number: 20_240_506 },
      { id: 4, text: 'fine' },
    ])
    const report = await ground.run({ only: ['things'] })
    expectNoSecret(report)
    expect(JSON.stringify(report.pipelines[0]?.rejects)).not.toContain('20240506')
    expect(report.totals).toMatchObject({ inserted: 1, rejected: 3 })
  })

  test('a schema, a filter or a key that throws rejects its record without a word of it', async () => {
    await lay(ground)
    await ground.source('things', [
      { id: 1, text: `transform ${secret}` },
      { id: 2, text: `filter ${secret}` },
      { id: 3, text: `key ${secret}` },
      { id: 4, text: 'fine' },
    ])
    const report = await ground.run({ only: ['things'] })
    expect(report.errors).toEqual([])
    expectNoSecret(report)
    expect(report.totals).toMatchObject({ inserted: 1, rejected: 3 })
  })

  test('not when a source breaks in the middle of a value', async () => {
    for (const text of [
      `[{"id": 1, "email": "${secret}"`,
      `[{"id": 1, "email": "${secret}" "x"}]`,
      `[{"id": 1, "email": "${secret}\u0001"}]`,
      secret,
      `[{"id": 1, ${secret}: 1}]`,
    ]) {
      await ground.file('data/people.json', text)
      const report = await ground.run()
      expect(report.exitCode).toBe(1)
      expect(report.errors).toHaveLength(1)
      expectNoSecret(report)
    }
  })

  test('not when a source of one’s own throws', async () => {
    await lay(
      ground,
      `source: async function* () { yield { id: 1, text: 'a' }; throw new Error('${secret}') },`,
    )
    const report = await ground.run({ only: ['things'] })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1 })
    expectNoSecret(report)
  })

  test('not in the ledger’s summary of a run', async () => {
    await lay(ground)
    await ground.run({ only: ['things'] })
    expectNoSecret(await ground.query(`select * from ${ground.ledger('runs')}`))
  })

  test('an enum’s legacy values are shown: they are what a mapping must be mended with', async () => {
    await lay(ground)
    await ground.source('things', [{ id: 1, text: 'a', state: 'Paused' }])
    const report = await ground.run({ only: ['things'] })
    expect(report.pipelines[0]?.warnings).toContainEqual({
      code: 'enum_fallback',
      column: 'state',
      count: 1,
      values: ['Paused'],
      counts: [1],
    })
  })

  test('the records that were rejected are given to those who ask for values', async () => {
    await ground.source('people', [{ id: 1, email: 'ada@example.org', nickname: secret }])
    await ground.run()
    const options = { cwd: ground.dir, database: ground.url, env: {} }
    expectNoSecret(await rejects(options))
    expect(JSON.stringify(await rejects({ ...options, showValues: true }))).toContain(secret)
  })

  test.each([
    [],
    ['--json'],
    ['--log-format', 'json'],
    ['--verbose'],
    ['--log-format', 'pretty', '--verbose'],
  ])('not on the streams of the command line: %s %s %s', async (...flags) => {
    await lay(ground)
    for (const command of ['run', 'verify', 'status', 'rejects', 'check']) {
      const printed = await commandLine(ground, [command, ...flags, '--database', ground.url])
      expect(printed, command).not.toBe('')
      expectNoSecret(printed)
    }
  })
})

promise('no password is in a report', (ground) => {
  test.each([
    ['of an unknown host', `postgres://user:${secret}@no-such-host.invalid/db`],
    ['of a port where nobody listens', `postgres://user:${secret}@127.0.0.1:1/db`],
    ['of an address that cannot be read', `postgres://user:${secret}/@@host:port/db`],
    ['with a way of encryption that there is not', `postgres://user:${secret}@127.0.0.1:1/db?sslmode=none`],
    [
      'with a certificate that is not there',
      `postgres://user:${secret}@127.0.0.1:1/db?sslmode=verify-full&sslrootcert=/none.pem`,
    ],
    ['of a database that carryover does not know', `mysql://user:${secret}@127.0.0.1/db`],
    ['of nothing at all', `${secret}@host`],
  ])('when the database URL is that %s', async (_, url) => {
    const report = await ground.run({ database: url })
    expect(report.errors).toHaveLength(1)
    expectNoSecret(report)
    for (const flags of [['--json'], ['--verbose'], ['--log-format', 'json']]) {
      expectNoSecret(await commandLine(ground, ['run', ...flags, '--database', url]))
    }
  })

  test('when user or database are unknown to the server, nor when all goes well', async ({ skip }) => {
    if (ground.engine === 'sqlite') return skip('a file has no password')
    const withSecret = (change: Partial<URL>) =>
      Object.assign(new URL(ground.url), { password: secret, ...change }).href
    for (const url of [
      withSecret({ username: 'nobody' }),
      withSecret({ pathname: '/nowhere' }),
      withSecret({}),
    ]) {
      expectNoSecret(await ground.run({ database: url }))
      expectNoSecret(await commandLine(ground, ['run', '--verbose', '--database', url]))
    }
    expectNoSecret(await ground.query(`select * from ${ground.ledger('runs')}`))
  })
})

/** Records that are refused, each for another reason and with the secret in the value that is at fault. */
const bad = [
  { id: 2, text: 7, other: secret },
  { id: 3, text: `throw ${secret}` },
  { id: 4, text: `too long ${secret.repeat(5)}` },
  { id: 5, text: `check ${secret}` },
  { id: 6, text: `trigger ${secret}` },
  { id: 7, text: 'a', number: secret },
  { id: 8, text: 'b', number: '99999999999999999999' },
  { id: 9, text: 'c', uuid: secret },
  { id: 10, text: 'd', at: secret },
  { id: 11, text: 'e', amount: secret },
  { id: 12, text: `nul ${secret}\0` },
  { id: 13, text: `surrogate ${secret}\ud800` },
  { id: 14, text: `twin ${secret}` },
  { id: 15, text: 'f', parent: secret },
  { id: 16, text: `sqlstate ${secret}` },
  { id: 17, text: 'g', anything: { a: `${secret}\0` } },
]

const things = (source: string) => `
const State = legacyEnum('state', ['on', 'off'], { fallback: 'off' })

export const things = pg.pgTable(
  'things',
  {
    id: pg.integer('id').primaryKey(),
    text: pg.varchar('text', { length: 60 }).notNull().unique(),
    number: pg.integer('number'),
    uuid: pg.uuid('uuid'),
    at: pg.timestamp('at', { withTimezone: true }),
    amount: pg.numeric('amount', { precision: 5, scale: 2 }),
    anything: pg.jsonb('anything'),
    state: pg.text('state').notNull(),
    parentId: pg.integer('parent_id').references((): pg.AnyPgColumn => things.id),
  },
  (table) => [pg.check('things_text_check', sql\`\${table.text} not like 'check%'\`)],
)
export default definePipeline({
  name: 'things',
  ${source}
  record: z
    .object({
      id: z.number(),
      text: z
        .string()
        .refine((text) => !text.startsWith('refine'), { error: (issue) => 'no ' + String(issue.input) })
        .superRefine((text, context) => {
          if (text.startsWith('issue')) context.addIssue({ code: 'custom', message: 'not "' + text + '"', input: text })
        })
        .transform((text) => {
          if (text.startsWith('transform')) throw new Error(text)
          return text
        }),
      number: z.unknown().optional(),
      uuid: z.unknown().optional(),
      at: z.unknown().optional(),
      amount: z.unknown().optional(),
      anything: z.unknown().optional(),
      state: z.string().default('on'),
      parent: z.union([z.string(), z.number()]).optional(),
    })
    .refine((record) => !record.text.startsWith('object'), { error: (issue) => 'number ' + String((issue.input as { number: number }).number) }),
  key: (record) => {
    if (record.text.startsWith('key')) throw new Error(record.text)
    return record.id
  },
  filter: (record) => {
    if (record.text.startsWith('filter')) throw new Error(record.text)
    return true
  },
  target: things,
  columns: {
    id: 'id',
    text: ({ text }) => {
      if (text.startsWith('throw')) throw new TypeError(text)
      return text
    },
    number: ({ number }) => number as number | undefined,
    uuid: ({ uuid }) => uuid as string | undefined,
    at: timestamp('at', { zone: 'UTC' }),
    amount: decimal('amount'),
    anything: json('anything'),
    state: State.from('state'),
    parentId: reference('things', 'parent'),
  },
})
`

async function lay(ground: Ground, source = `source: { files: '../data/things.json' },`): Promise<void> {
  await addPipeline(
    ground,
    'things',
    things(source),
    `create table things (id integer primary key, text varchar(60) not null constraint things_text_unique unique, number integer, uuid uuid,
       at timestamptz, amount numeric(5, 2), anything jsonb, state text not null, parent_id integer references things (id),
       constraint things_text_check check (text not like 'check%'))`,
  )
  const triggers =
    ground.engine === 'sqlite'
      ? [
          `create trigger refuse before insert on things when new.text like 'trigger%' or new.text like 'sqlstate%' begin select raise(abort, '${secret}'); end`,
        ]
      : [
          `create function refuse() returns trigger language plpgsql as $$ begin
             if new.text like 'trigger%' then raise exception 'no %', new.text using detail = new.text, hint = new.text, column = new.text, constraint = new.text; end if;
             if new.text like 'sqlstate%' then raise exception 'no %', new.text using errcode = 'ABC12'; end if;
             return new;
           end $$`,
          `create trigger refuse before insert on things for each row execute function refuse()`,
        ]
  for (const trigger of triggers) await ground.query(trigger)
  await ground.source('things', [{ id: 1, text: `twin ${secret}` }, ...bad])
}

function expectNoSecret(printed: unknown): void {
  const text = typeof printed === 'string' ? printed : JSON.stringify(printed)
  expect(text).not.toContain(secret)
  // The driver, a trigger or a shell may have written it in another way.
  expect(text.toLowerCase()).not.toContain('4711')
}
