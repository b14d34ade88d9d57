import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/build-program.js'
import type { Surroundings } from '../../src/cli/surroundings.js'
import { openTarget } from '../../src/target/open-target.js'
import { defaultOptions } from '../contract/engine.js'
import { commandLine } from './command-line.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const password = 'Hush-0815'
const value = 'Top-Secret-4711'

const forms = [[], ['--verbose'], ['--quiet'], ['--json'], ['--log-format', 'json']]

/** Every command, as it is called in a project that has been imported twice. */
const commands: readonly (readonly string[])[] = [
  ['inspect', 'data/notes.json'],
  ['check'],
  ['plan'],
  ['plan', '--out', 'saved.json'],
  ['plan', '--rehearse'],
  ['run'],
  ['run', '--plan', 'saved.json'],
  ['run', '--rejects'],
  ['verify'],
  ['status'],
  ['runs'],
  ['runs', '1'],
  ['rejects'],
  ['rejects', '--export', 'bad/'],
  ['undo', '2', '--dry-run'],
  ['undo', '2', '--yes', '--with-later'],
  ['migrate', '--check'],
  ['migrate'],
  ['sequences'],
  ['sequences', '--fix'],
  ['doctor'],
  ['doctor', '--probe', '--data', '--portable', '--sql', 'mend.sql'],
  ['doctor', '--data', '--format', 'sarif'],
  ['doctor', '--data', '--format', 'github'],
  ['unlock', '--yes'],
]

promise('no command prints a secret or a value of a row', (ground) => {
  test('after a run with rejects, conflicts, edits and warnings', async () => {
    await lay(ground)
    await ground.run()
    await ground.query(`update notes set text = '${value} edited' where id = 1`)
    await ground.query(`update notes set text = '${value} edited too' where id = 2`)
    await ground.source('notes', [...notes.map((note) => ({ ...note, text: `${note.text} again` })), ...bad])
    await ground.run()
    await expectSilence(ground, commands)
  })

  test('whatever is wrong with the database URL', async () => {
    await lay(ground)
    for (const url of [
      `postgres://user:${password}@no-such-host.invalid/db`,
      `postgres://user:${password}@127.0.0.1:1/db`,
      `postgres://user:${password}@127.0.0.1:1/db?sslmode=verify-full&sslrootcert=/none.pem`,
      `postgres://127.0.0.1:1/db?user=user&password=${password}`,
      `postgres://user:${password}/@@host:port/db`,
      `mysql://user:${password}@127.0.0.1/db`,
      ...(ground.engine === 'postgres' ? otherLogins(ground.url) : []),
    ]) {
      await expectSilence(ground, commands, { url, some: [['--verbose']] })
      await expectSilence(ground, [['run']], { env: { CARRYOVER_DATABASE_URL: url }, url: undefined })
      await expectSilence(ground, [['run']], { env: { DATABASE_URL: url }, url: undefined })
    }
  })

  test('when the command line is wrong, and a secret stands in the wrong place', async () => {
    await lay(ground)
    const url = `postgres://user:${password}@127.0.0.1:1/db`
    for (const name of new Set(commands.map(([first = '']) => first))) {
      const flags = ['--databse', '--batch', '--wait', '--config', '--pipelines', '--ssl-ca', '--log-format']
      const lines = [[name, url], [name, `--databse=${url}`], ...flags.map((flag) => [name, flag, url])]
      await expectSilence(ground, lines, { url: ground.url, some: [[], ['--json']] })
    }
    await expectSilence(ground, [[url], ['run', '--plan', url], ['undo', url, '--yes'], ['runs', url]])
    await expectSilence(ground, [['run']], { env: { CARRYOVER_WAIT: url, CARRYOVER_BATCH: url } })
  })

  test('when the source breaks in the middle of a value, or changes under a saved plan', async () => {
    await lay(ground)
    await expectSilence(ground, [['run'], ['plan', '--out', 'saved.json']])
    await ground.source('notes', [{ id: 1, text: `${value} moved`, amount: '1' }])
    await expectSilence(ground, [['run', '--plan', 'saved.json']])
    for (const text of [`[{"id": 1, "text": "${value}"`, `[{"id": 1, "text": "${value}" "x"}]`, value]) {
      await ground.file('data/notes.json', text)
      await expectSilence(ground, commands, { url: ground.url, some: [['--verbose']] })
    }
  })

  test('when a module of the project does not load', async () => {
    await lay(ground)
    const url = `postgres://user:${password}@127.0.0.1:1/db`
    for (const [file, text] of [
      ['carryover.config.ts', `throw new Error('cannot use ${url}')`],
      ['carryover.config.ts', `export default { databse: '${url}' }`],
      ['carryover.config.ts', `export default { database: '${url}', timeouts: { retryMs: 0 } }`],
      ['pipelines/notes.ts', `throw new Error('cannot use ${url}')`],
    ] as const) {
      await ground.file(file, text)
      await expectSilence(ground, commands, { url: undefined, some: [['--verbose'], ['--json']] })
      await ground.file('carryover.config.ts', config)
    }
  })

  test('when another run holds the lock, when definitions are older, when a limit is passed', async () => {
    await lay(ground)
    await ground.run()
    const other = await openTarget(ground.url, ground.dir, { ...defaultOptions })
    await other.withRunLock({ waitMs: 0 }, () =>
      expectSilence(ground, commands, { url: ground.url, some: [['--verbose'], ['--json']] }),
    )
    await other.close()
    await ground.file('carryover.config.ts', `${config} // changed`)
    await ground.run()
    await ground.file('carryover.config.ts', config)
    await expectSilence(ground, [['run'], ['plan']])
    await ground.file(
      'carryover.config.ts',
      config.replace('atomic: undefined', `atomic: 'run'`).replace('rejects: 100', 'rejects: 0'),
    )
    await expectSilence(ground, [['plan'], ['run'], ['rejects'], ['run', '--rejects']])
  })

  test('when the rows in the database refuse a migration', async ({ skip }) => {
    if (ground.engine === 'sqlite') return skip('the tables of SQLite come from the declared schema here')
    await lay(ground)
    await ground.run()
    await ground.query(`create table twins (text text)`)
    await ground.query(`insert into twins values ('${value}'), ('${value}')`)
    await mkdir(join(ground.dir, 'drizzle/meta'), { recursive: true })
    const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_twins', breakpoints: true }]
    await ground.file(
      'drizzle/meta/_journal.json',
      JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
    )
    await ground.file('drizzle/0000_twins.sql', 'create unique index twins_text on twins (text)')
    await expectSilence(ground, [['migrate']])
  })

  test('when the server ends the connection, or a statement takes too long', async ({ skip }) => {
    if (ground.engine === 'sqlite') return skip('there is no server')
    await lay(ground)
    await ground.query(`create function disturb() returns trigger language plpgsql as $$ begin
      if new.id = 1 then perform pg_sleep(60); end if;
      if new.id = 2 then perform pg_terminate_backend(pg_backend_pid()); end if;
      return new; end $$`)
    await ground.query(
      `create trigger disturb before insert on notes for each row execute function disturb()`,
    )
    await expectSilence(ground, [['run', '--statement-timeout', '200ms']])
    await ground.query(`delete from notes`)
    await ground.source('notes', notes.slice(1))
    await expectSilence(ground, [['run']])
  })
})

test('every command there is', () => {
  const surroundings = { stdout: {}, stderr: {}, env: {} } as Surroundings
  const program = buildProgram(surroundings, { finished: () => undefined, complained: () => undefined })
  const names = new Set(commands.map(([name = '']) => name))
  expect([...names].toSorted()).toEqual(program.commands.map((command) => command.name()).toSorted())
})

/** How the commands are called: with which database URL, environment and forms. */
interface Asked {
  url?: string | undefined
  env?: Record<string, string>
  some?: readonly (readonly string[])[]
}

/** Runs each command in each form; neither password nor value may be in what it prints. */
async function expectSilence(
  ground: Ground,
  lines: readonly (readonly string[])[],
  { url, env = {}, some = forms }: Asked = { url: ground.url },
): Promise<void> {
  for (const line of lines) {
    for (const form of some) {
      const database = url === undefined ? [] : ['--database', url]
      const printed = await commandLine(ground, [...line, ...form, ...database], env)
      const told = [...line, ...form].join(' ').replaceAll(password, '…')
      expect(printed, `${told}: nothing was printed`).not.toBe('')
      for (const planted of [password, value, '0815', '4711'])
        expect(printed.includes(planted), `${told} printed ${planted}:\n${printed}`).toBe(false)
    }
  }
}

/** The same server, with a password, where it does not know the user or the database. */
function otherLogins(url: string): string[] {
  const changes: Partial<URL>[] = [{ username: 'nobody' }, { pathname: '/nowhere' }, {}]
  return changes.map((change) => Object.assign(new URL(url), { password, ...change }).href)
}

const config = `export default {
  sensitive: ['notes.text'],
  limits: { rejects: 100 },
  policies: { atomic: undefined, missing: 'delete' },
  timeouts: { retryMs: 0 },
}`

const notes = [
  { id: 1, text: `${value} a`, amount: '1', by: null },
  { id: 2, text: `${value} b`, amount: '2', by: 1 },
  { id: 3, text: `${value} c`, amount: '3', by: 2 },
]

/** Each is refused for another reason. */
const bad = [
  { id: 4, text: 4, amount: value },
  { id: 5, text: `${value} a again`, amount: '5' },
  { id: 6, text: `${value} ${value} ${value} ${value} ${value}`, amount: '6' },
  { id: 7, text: `check ${value}`, amount: '7' },
  { id: 8, text: `nul ${value}\0`, amount: '8' },
  { id: 9, text: `amount ${value}`, amount: value },
  { id: 10, text: `throw ${value}`, amount: '10' },
  { id: 11, text: `by ${value}`, amount: '11', by: 99 },
]

const pipeline = `
export const notes = pg.pgTable('notes', {
  id: pg.integer('id').primaryKey(),
  text: pg.varchar('text', { length: 60 }).notNull().unique(),
  amount: pg.numeric('amount', { precision: 12, scale: 2 }),
  byId: pg.integer('by_id').references((): pg.AnyPgColumn => notes.id),
}, (table) => [pg.check('notes_text_check', sql\`\${table.text} not like 'check%'\`)])
export default definePipeline({
  name: 'notes',
  source: { files: '../data/notes.json' },
  record: z.object({ id: z.number(), text: z.string(), amount: z.string(), by: z.number().nullish() }),
  key: 'id',
  target: notes,
  columns: {
    id: 'id',
    text: ({ text }) => {
      if (text.startsWith('throw')) throw new Error(text)
      return text
    },
    amount: decimal('amount'),
    byId: reference('notes', 'by'),
  },
})
`

async function lay(ground: Ground): Promise<void> {
  await ground.file('carryover.config.ts', config)
  await addPipeline(
    ground,
    'notes',
    pipeline,
    `create table notes (id integer primary key, text varchar(60) not null constraint notes_text_unique unique, amount numeric(12, 2),
       by_id integer references notes (id), constraint notes_text_check check (text not like 'check%'))`,
  )
  await ground.source('notes', [...notes, bad[0]])
}
