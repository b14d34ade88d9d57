/// <reference lib="es2024.string" />
import { expect, test } from 'vitest'
import { formatRunText } from '../../src/report/text/format-run-text.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'
import { hostileStrings, refusalOf } from './hostile-strings.js'

const storable = [...hostileStrings].filter(([, text]) => refusalOf(text) === undefined)
const refused = [...hostileStrings].filter(([, text]) => refusalOf(text) !== undefined)
const count = (code: string) => refused.filter(([, text]) => refusalOf(text) === code).length

promise('a hostile string comes back byte for byte, or is refused for its reason', (ground) => {
  test('there are hundreds of them', () => {
    expect(storable.length).toBeGreaterThan(450)
  })

  test('as text, as unique text, and in jsonb as a key and as a value', async () => {
    await lay(ground)
    const report = await importStrings(ground)
    expect(report.totals).toMatchObject({ inserted: storable.length, rejected: refused.length })
    expect(refusals(report)).toEqual({
      'nul_character words': count('nul_character'),
      'lone_surrogate words': count('lone_surrogate'),
    })
    const rows = await ground.query('select id, words, label, cast(extra as varchar) as extra from strings')
    const held = new Map(rows.map((row) => [row['id'] as string, row]))
    for (const [id, text] of storable) {
      const row = held.get(id)
      expect([id, row?.['words'] === text]).toEqual([id, true])
      expect([id, row?.['label'] === text]).toEqual([id, true])
      expect([id, isPair(JSON.parse(row?.['extra'] as string) as object, text)]).toEqual([id, true])
    }
    expect((await ground.run({ only: ['strings'] })).totals).toMatchObject({ unchanged: storable.length })
    expect((await ground.verify({ only: ['strings'] })).pipelines[0]?.verification.ok).toBe(true)
  })

  test('a megabyte of text arrives where no index has to hold it', async () => {
    await lay(ground)
    const long = '😀x'.repeat(200_000)
    const record = (id: string, text: string, label: string) => ({ id, text, label })
    await ground.source('strings', [
      record('words', long, 'short'),
      record('label', 'a', long),
      record('next', 'b', 'c'),
    ])
    const report = await ground.run({ only: ['strings'] })
    // An index entry of Postgres holds 2,704 bytes, one of SQLite any number.
    const held = ground.engine === 'sqlite' ? ['label', 'next', 'words'] : ['next', 'words']
    expect(report.totals).toMatchObject({ inserted: held.length, rejected: 3 - held.length })
    expect(report.pipelines[0]?.rejects.map(({ code }) => code)).toEqual(
      ground.engine === 'sqlite' ? [] : ['database'],
    )
    const rows = await ground.query('select id, words from strings order by id')
    expect(rows.map((row) => row['id'])).toEqual(held)
    expect(rows.find((row) => row['id'] === 'words')?.['words']).toBe(long)
  })

  test('as the legacy key and the primary key', async () => {
    await addPipeline(
      ground,
      'keys',
      `
export const keys = pg.pgTable('keys', { id: pg.text('id').primaryKey(), number: pg.text('number').notNull() })

export default definePipeline({
  name: 'keys',
  source: { files: '../data/keys.json' },
  record: z.object({ id: z.string(), number: z.string() }),
  key: 'id',
  target: keys,
  columns: { id: 'id', number: 'number' },
})
`,
      'create table keys (id text primary key, number text not null)',
    )
    await ground.source(
      'keys',
      [...hostileStrings].map(([number, id]) => ({ id, number })),
    )
    const identifying = storable.filter(([, text]) => text !== '')
    const report = await ground.run({ only: ['keys'] })
    expect(report.totals).toMatchObject({ inserted: identifying.length, rejected: refused.length + 1 })
    expect(report.pipelines[0]?.rejects).toMatchObject([
      { code: 'invalid_record', count: refused.length + 1 },
    ])
    const rows = await ground.query('select id, number from keys')
    const held = new Map(rows.map((row) => [row['number'] as string, row['id']]))
    expect(identifying.filter(([number, id]) => held.get(number) !== id)).toEqual([])
    const ledger = await ground.query(
      `select legacy_key from ${ground.ledger('records')} where pipeline = 'keys'`,
    )
    expect(new Set(ledger.map((row) => row['legacy_key']))).toEqual(new Set(identifying.map(([, id]) => id)))
    expect((await ground.run({ only: ['keys'] })).totals.unchanged).toBe(identifying.length)
  })

  test('as an alias of an enum, and in the report that counts it', async () => {
    await ground.file(
      'data/aliases.json',
      `{${[...hostileStrings.values()].map((text) => `${JSON.stringify(text)}:"known"`).join()}}`,
    )
    await addPipeline(
      ground,
      'kinds',
      `
import { readFileSync } from 'node:fs'
const aliases = JSON.parse(readFileSync(new URL('../data/aliases.json', import.meta.url), 'utf8'))
const Kind = legacyEnum('kind', ['known'], { aliases })
export const kinds = pg.pgTable('kinds', { id: pg.text('id').primaryKey(), kind: Kind.column('kind') })

export default definePipeline({
  name: 'kinds',
  source: { files: '../data/kinds.json' },
  record: z.object({ id: z.string(), kind: z.string() }),
  key: 'id',
  target: kinds,
  columns: { id: 'id', kind: Kind.from('kind') },
})
`,
      'create table kinds (id text primary key, kind text)',
    )
    await ground.source(
      'kinds',
      [...hostileStrings].map(([id, kind]) => ({ id, kind })),
    )
    const report = await ground.run({ only: ['kinds'] })
    expect(report.totals).toMatchObject({ inserted: hostileStrings.size, rejected: 0 })
    expect(await ground.query("select count(*) as count from kinds where kind = 'known'")).toMatchObject([
      { count: expect.toSatisfy((found) => Number(found) === hostileStrings.size) as unknown },
    ])
    expect(actsOnTerminal(formatRunText(report, { colour: false, verbose: true, width: 100 }))).toBe(false)
  })

  test('in the name of a field that is refused', async () => {
    await lay(
      ground,
      '',
      `z.looseObject({ id: z.string(), text: z.string(), label: z.string().optional() }).catchall(z.never())`,
    )
    const records = [...hostileStrings].map(
      ([id, text]) => `{"id":"${id}","text":"a",${JSON.stringify(`${text}+`)}:7}`,
    )
    await ground.file('data/strings.json', `[${records.join()}]`)
    const report = await ground.run({ only: ['strings'] })
    expect(report.errors).toEqual([])
    expect(report.totals.rejected).toBe(hostileStrings.size)
  })

  test('what a report shows of it moves no cursor and hides nothing', async () => {
    await lay(ground, `.refine(() => false, { error: (issue) => 'refused ' + String(issue.input) })`)
    await ground.source(
      'strings',
      [...hostileStrings].map(([id, text]) => ({ id: text + id, text })),
    )
    const report = await ground.run({ only: ['strings'] })
    expect(report.errors).toEqual([])
    expect(report.totals.rejected).toBe(hostileStrings.size)
    const group = report.pipelines[0]!.rejects[0]!
    for (const [id, text] of hostileStrings) {
      const one = { ...group, examples: [{ key: text + id, at: text, message: text }] }
      const shown = { ...report, pipelines: [{ ...report.pipelines[0]!, rejects: [one] }] }
      expect([
        id,
        actsOnTerminal(formatRunText(shown, { colour: false, verbose: true, width: 100 })),
      ]).toEqual([id, false])
    }
  })
})

async function lay(
  ground: Ground,
  refinement = '',
  record = `z.object({ id: z.string(), text: z.string()${refinement}, label: z.string().optional() })`,
): Promise<void> {
  await addPipeline(
    ground,
    'strings',
    `
export const strings = pg.pgTable('strings', {
  id: pg.text('id').primaryKey(),
  words: pg.text('words').notNull(),
  label: pg.text('label').notNull().unique('strings_label_key'),
  extra: pg.jsonb('extra').notNull(),
})

export default definePipeline({
  name: 'strings',
  source: { files: '../data/strings.json' },
  record: ${record},
  key: 'id',
  target: strings,
  columns: {
    id: 'id',
    words: 'text',
    label: ({ text, label }) => label ?? text,
    extra: ({ text }) => Object.fromEntries([[text, [text]]]),
  },
})
`,
    `create table strings (
       id text primary key, words text not null, label text not null constraint strings_label_key unique, extra jsonb not null
     )`,
  )
}

async function importStrings(ground: Ground) {
  await ground.source(
    'strings',
    [...hostileStrings].map(([id, text]) => ({ id, text })),
  )
  return ground.run({ only: ['strings'] })
}

function refusals(report: Awaited<ReturnType<typeof importStrings>>): Record<string, number> {
  return Object.fromEntries(
    (report.pipelines[0]?.rejects ?? []).map(({ code, column, count: records }) => [
      `${code} ${column}`,
      records,
    ]),
  )
}

/** True for `{ [text]: [text] }`. */
function isPair(object: object, text: string): boolean {
  const [entry, ...others] = Object.entries(object)
  return others.length === 0 && entry?.[0] === text && (entry[1] as string[])[0] === text
}

/** Control characters but line ends, and what reorders or hides text; spelled out apart from the code under test. */
function actsOnTerminal(text: string): boolean {
  return /[^\P{Cc}\n]|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u.test(text)
}
