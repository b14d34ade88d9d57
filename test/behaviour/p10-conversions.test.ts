import { expect, test } from 'vitest'
import { messagesOf, rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

promise('a value is converted as declared, and never otherwise', (ground) => {
  test('instants of mail, of epochs and of patterns, and texts that mean none', async () => {
    await lay(
      ground,
      'timestamptz',
      `pg.timestamp('value', { withTimezone: true })`,
      `timestamp('value', {
        format: ['iso', 'rfc-2822', 'epoch-seconds', 'MM/dd/yyyy h:mm a'], zone: 'Europe/Berlin',
        nulls: ['0000-00-00 00:00:00', 'never', '0'],
      })`,
    )
    await write(ground, {
      mail: '"Mon, 06 May 2024 07:08:09 -0700 (PDT)"',
      seconds: '-1.5',
      fraction: '1714979289.123456',
      pattern: '"05/06/2024 7:08 PM"',
      zero: '"0000-00-00 00:00:00"',
      never: '" never "',
      empty: '""',
      epoch: '0',
    })
    expect((await run(ground)).totals).toMatchObject({ inserted: 8, rejected: 0 })
    expect(await instants(ground)).toEqual({
      mail: '2024-05-06T14:08:09.000Z',
      seconds: '1969-12-31T23:59:58.500Z',
      fraction: '2024-05-06T07:08:09.123Z',
      pattern: '2024-05-06T17:08:00.000Z',
    })
    expect((await run(ground)).totals.unchanged).toBe(8)
  })

  test.each([
    ['reject', {}],
    ['earlier', { gap: '2024-03-31T00:30:00.000Z', overlap: '2024-10-27T00:30:00.000Z' }],
    ['later', { gap: '2024-03-31T01:30:00.000Z', overlap: '2024-10-27T01:30:00.000Z' }],
    ['compatible', { gap: '2024-03-31T01:30:00.000Z', overlap: '2024-10-27T00:30:00.000Z' }],
  ])('a time that the clocks skipped or showed twice: %s', async (disambiguation, expected) => {
    const rule = `timestamp('value', { zone: 'Europe/Berlin', disambiguation: '${disambiguation}' })`
    await lay(ground, 'timestamptz', `pg.timestamp('value', { withTimezone: true })`, rule)
    await write(ground, { gap: '"2024-03-31 02:30"', overlap: '"2024-10-27 02:30"' })
    const report = await run(ground)
    expect(report.totals.rejected).toBe(2 - Object.keys(expected).length)
    expect(await instants(ground)).toEqual(expected)
  })

  test.each([`pg.date('value')`, `pg.date('value', { mode: 'date' })`])(
    'days of the calendar in %s',
    async (column) => {
      await lay(
        ground,
        'date',
        column,
        `date('value', { format: ['iso', 'dd.MM.yyyy'], nulls: ['0000-00-00'] })`,
      )
      await write(ground, {
        iso: '"2024-02-29"',
        pattern: '"06.05.2024"',
        midnight: '"2024-05-06 00:00:00"',
        none: '"0000-00-00"',
        impossible: '"30.02.2024"',
        time: '"2024-05-06 14:30"',
        instant: '"2024-05-06T00:00:00Z"',
      })
      const report = await run(ground)
      expect(messagesOf(report, 'values')).toEqual({
        impossible: 'a day that no calendar has',
        time: 'a time of day, which a date would lose',
        instant: 'an instant, whose day depends on the zone, and none is declared',
      })
      expect(await texts(ground)).toEqual({
        iso: '2024-02-29',
        pattern: '2024-05-06',
        midnight: '2024-05-06',
      })
      expect((await run(ground)).totals.unchanged).toBe(4)
    },
  )

  const untidy = {
    blanks: '  a\t ',
    decomposed: 'e\u0301',
    compatibility: 'ﬁ²Å',
    lines: 'a\r\nb\rc',
    invisible: '\u200ba\u200d\u00ad\ufeff',
    case: 'ÄßẞİΣ',
    empty: '',
    blank: ' ',
    quotes: '„“”’«»…–',
  }

  test('a plain field keeps blanks, normal forms, line ends, invisible characters and case', async () => {
    await lay(ground, 'text', `pg.text('value')`, `'value'`)
    await write(ground, json(untidy))
    expect((await run(ground)).totals.rejected).toBe(0)
    expect(await texts(ground)).toEqual(untidy)
  })

  test('a text is cleaned of what is named, and of nothing else', async () => {
    await lay(
      ground,
      'text',
      `pg.text('value')`,
      `clean('value', { trim: true, normalize: 'NFC', case: 'lower', empty: 'null', nul: 'strip', surrogates: 'replace' })`,
    )
    await write(ground, {
      ...json(untidy),
      nul: '"a\\u0000b"',
      surrogate: '"a\\ud83d"',
      number: '7',
      null: 'null',
    })
    const report = await run(ground)
    expect(rejectsOf(report, 'values')).toEqual({ number: 'type value' })
    expect(await texts(ground)).toEqual({
      blanks: 'a',
      decomposed: 'é',
      compatibility: 'ﬁ²å',
      lines: 'a\r\nb\rc',
      invisible: '\u200ba\u200d\u00ad',
      case: 'äßßi\u0307ς',
      quotes: untidy.quotes,
      nul: 'ab',
      surrogate: 'a\ufffd',
    })
    expect((await run(ground)).totals.unchanged).toBe(Object.keys(untidy).length + 3)
  })

  test('a text is as long as the database counts, and nothing is cut off, blanks neither', async () => {
    await lay(ground, 'varchar(3)', `pg.varchar('value', { length: 3 })`, `'value'`)
    const fitting = {
      astral: '😀😀😀',
      marks: 'e\u0301a',
      joined: '👩\u200d👩',
      blanks: 'a  ',
      only: '   ',
      controls: '\u0001\u200b\ufeff',
    }
    await write(
      ground,
      json({
        ...fitting,
        four: '😀😀😀😀',
        zwj: '👩\u200d👩\u200d',
        blank: 'abc ',
        spaces: '    ',
        mark: 'abe\u0301',
      }),
    )
    const report = await run(ground)
    expect(report.pipelines[0]?.rejects).toMatchObject([{ code: 'too_long', column: 'value', count: 5 }])
    expect(await texts(ground)).toEqual(fitting)
    const lengths = await ground.query('select id, length(value) as length from vals order by id')
    expect(Object.fromEntries(lengths.map((row) => [row['id'], Number(row['length'])]))).toEqual(
      Object.fromEntries(Object.entries(fitting).map(([id, text]) => [id, Array.from(text).length])),
    )
    expect((await run(ground)).totals.unchanged).toBe(Object.keys(fitting).length)
  })

  test('the blanks that char(n) is filled up with are no difference', async () => {
    await lay(ground, 'char(4)', `pg.char('value', { length: 4 })`, `'value'`)
    await write(
      ground,
      json({ short: 'a', padded: 'ab  ', astral: '😀😀😀😀', over: 'abcd   ', empty: '', long: 'abcde' }),
    )
    const report = await run(ground)
    expect(rejectsOf(report, 'values')).toEqual({ long: 'too_long value' })
    const held = await texts(ground)
    expect(Object.fromEntries(Object.entries(held).map(([id, text]) => [id, text.trimEnd()]))).toEqual({
      short: 'a',
      padded: 'ab',
      astral: '😀😀😀😀',
      over: 'abcd',
      empty: '',
    })
    await write(ground, json({ short: 'a ', padded: 'ab', astral: '😀😀😀😀', over: 'abcd', empty: '    ' }))
    expect((await run(ground)).totals).toMatchObject({ unchanged: 5, updated: 0 })
  })
})

/** A table `vals` with one value of a type, made by one rule. */
async function lay(ground: Ground, type: string, column: string, rule: string): Promise<void> {
  await addPipeline(
    ground,
    'values',
    `
export const vals = pg.pgTable('vals', { id: pg.text('id').primaryKey(), value: ${column} })

export default definePipeline({
  name: 'values',
  source: { files: '../data/values.json' },
  record: z.object({ id: z.string(), value: z.any() }),
  key: 'id',
  target: vals,
  columns: { id: 'id', value: ${rule} },
})
`,
    `create table vals (id text primary key, value ${type})`,
  )
}

/** Values are JSON text. */
async function write(ground: Ground, values: Readonly<Record<string, string>>): Promise<void> {
  const records = Object.entries(values).map(([id, value]) => `{"id":${JSON.stringify(id)},"value":${value}}`)
  await ground.file('data/values.json', `[${records.join(',\n')}]`)
}

function json(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]))
}

const run = (ground: Ground) => ground.run({ only: ['values'] })

async function texts(ground: Ground): Promise<Record<string, string>> {
  // A cast of char(n) to text would take its blanks away, on Postgres alone.
  const rows = await ground.query(
    'select id, cast(value as varchar) as value from vals where value is not null',
  )
  return Object.fromEntries(rows.map((row) => [row['id'], row['value'] as string]))
}

async function instants(ground: Ground): Promise<Record<string, string>> {
  const rows = await ground.query('select id, value from vals where value is not null')
  return Object.fromEntries(rows.map((row) => [row['id'], new Date(row['value'] as string).toISOString()]))
}
