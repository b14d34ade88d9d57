import { expect, test } from 'vitest'
import { rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground, type Row } from './ground.js'

promise('values arrive exactly, or the record is rejected', (ground) => {
  test('integers, to the last digit and to the last number of their type', async () => {
    await lay(ground)
    const values = {
      a: '9007199254740991',
      b: '9007199254740993',
      c: '-9223372036854775808',
      d: '9223372036854775807',
      e: '"9007199254740995"',
      f: '0',
    }
    await write(ground, 'big', values)
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ inserted: 6, rejected: 0 })
    expect(await column(ground, 'big')).toEqual({ ...values, e: '9007199254740995' })
  })

  test('integers that do not fit, or are none', async () => {
    await lay(ground)
    await write(ground, 'big', {
      a: '9223372036854775808',
      b: '1.5',
      c: '"1.0"',
      d: '1e400',
      e: 'true',
      f: '""',
      g: '" 7"',
    })
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toMatchObject({ a: 'out_of_range big', b: 'type big', c: 'type big' })
    expect(report.totals).toMatchObject({ inserted: 0, rejected: 7 })
    await write(ground, 'small', { a: '2147483648', b: '-2147483649', c: '9007199254740993' })
    const second = await ground.run({ only: ['things'] })
    expect(rejectsOf(second, 'things')).toEqual({
      a: 'out_of_range small',
      b: 'out_of_range small',
      c: 'out_of_range small',
    })
  })

  test('decimals, with every digit and no zero lost', async () => {
    await lay(ground)
    const values = {
      a: '123456789012345678901234567890.123456789012345678901234567890',
      b: '0.1',
      c: '-0.000000000000000000001',
      d: '9007199254740993',
      e: '1.10',
    }
    await write(ground, 'exact', {
      ...values,
      f: '"00012.50"',
      g: '"-0"',
      h: '1e3',
      i: '0.30000000000000004',
    })
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ inserted: 9, rejected: 0 })
    const held = await column(ground, 'exact')
    expect(held).toMatchObject({
      a: values.a,
      b: '0.1',
      c: values.c,
      d: values.d,
      f: '12.50',
      g: '0',
      h: '1000',
      i: '0.30000000000000004',
    })
    // JSON.parse says no more of 1.10 than of 1.1: text keeps the zero, a number has none.
    expect(Number(held['e'])).toBe(1.1)
  })

  test('decimals of more digits than the column keeps', async () => {
    await lay(ground)
    await write(ground, 'price', {
      a: '1.005',
      b: '100000000.00',
      c: '"1,5"',
      d: '"12 EUR"',
      e: '"NaN"',
      f: '"Infinity"',
      g: '1.50',
      h: '99999999.99',
    })
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ inserted: 2, rejected: 6 })
    expect(rejectsOf(report, 'things')).toMatchObject({
      a: 'out_of_range price',
      b: 'out_of_range price',
      c: 'type price',
    })
    expect(await column(ground, 'price')).toEqual({ g: '1.50', h: '99999999.99' })
  })

  test('floating-point numbers, and none that the column would round', async () => {
    await lay(ground)
    await write(ground, 'ratio', {
      a: '0.1',
      b: '1e-7',
      c: '5e-324',
      d: '1.7976931348623157e308',
      e: '9007199254740993',
      f: '0.1000000000000000055511151231257827',
    })
    const report = await ground.run({ only: ['things'] })
    const held = await column(ground, 'ratio')
    expect(Object.fromEntries(Object.entries(held).map(([key, value]) => [key, Number(value)]))).toEqual({
      a: 0.1,
      b: 1e-7,
      c: 5e-324,
      d: 1.7976931348623157e308,
    })
    expect(Object.keys(rejectsOf(report, 'things'))).toEqual(['e', 'f'])
  })

  test('text, to the last blank, byte and code point', async () => {
    await lay(ground)
    const values = {
      astral: '𝒳👩‍👩‍👧🇩🇪',
      combining: 'e\u0301 is not \u00e9',
      blanks: '  \t leading and trailing \u00a0 ',
      lines: 'a\r\nb\nc\rd',
      controls: '\u0001\u001b[31m\u007f\u0085',
      quotes: `'"\\{},NULL;--\${}`,
      empty: '',
      bom: '\ufeffx',
      noncharacter: '\uffff\u{10ffff}',
      directions: '\u202eabc\u202c',
    }
    await write(ground, 'words', json(values))
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ inserted: 10, rejected: 0 })
    expect(await column(ground, 'words')).toEqual(values)
    await ground.run({ only: ['things'] })
    expect((await ground.run({ only: ['things'] })).totals.unchanged).toBe(10)
  })

  test('an empty text is no null, and a null no empty text', async () => {
    await lay(ground)
    await write(ground, 'words', { empty: '""', null: 'null' })
    await ground.run({ only: ['things'] })
    const rows = await ground.query('select id, words is null as missing from things order by id')
    expect(rows.map((row) => [row['id'], Boolean(row['missing'])])).toEqual([
      ['empty', false],
      ['null', true],
    ])
    await write(ground, 'words', { empty: 'null', null: '""' })
    expect((await ground.run({ only: ['things'] })).totals.updated).toBe(2)
  })

  test('text that no database keeps as it is', async () => {
    await lay(ground)
    await write(ground, 'words', {
      nul: '"a\\u0000b"',
      high: '"a\\ud83d"',
      low: '"\\ude00b"',
      swapped: '"\\ude00\\ud83d"',
      number: '7',
      list: '["a"]',
    })
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ inserted: 0, rejected: 6 })
    expect(rejectsOf(report, 'things')).toEqual({
      nul: 'nul_character words',
      high: 'lone_surrogate words',
      low: 'lone_surrogate words',
      swapped: 'lone_surrogate words',
      number: 'type words',
      list: 'type words',
    })
  })

  test('length is counted in code points, as the database counts', async () => {
    await lay(ground)
    await write(
      ground,
      'short',
      json({
        three: '👩👩👩',
        four: '👩👩👩👩',
        ascii: 'abc',
        more: 'abcd',
        marks: 'e\u0301e\u0301',
        blank: 'abc ',
      }),
    )
    const report = await ground.run({ only: ['things'] })
    expect(await column(ground, 'short')).toEqual({ three: '👩👩👩', ascii: 'abc' })
    expect(report.pipelines[0]?.rejects).toMatchObject([{ code: 'too_long', column: 'short', count: 4 }])
  })

  test('instants, whatever offset they were written with', async () => {
    await lay(ground)
    await write(
      ground,
      'at',
      json({
        a: '2021-03-04T05:06:07.123456Z',
        b: '2021-03-04 05:06:07+05:30',
        c: '2021-07-01 12:00',
        d: '2021-12-01 12:00',
        e: '1900-01-01T00:00:00Z',
        f: '2021-10-31 02:30+01:00',
        g: '9999-12-31T23:59:59.999999Z',
      }),
    )
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ inserted: 7, rejected: 0 })
    expect(await column(ground, 'at')).toEqual({
      a: '2021-03-04T05:06:07.123456Z',
      b: '2021-03-03T23:36:07Z',
      c: '2021-07-01T10:00:00Z',
      d: '2021-12-01T11:00:00Z',
      e: '1900-01-01T00:00:00Z',
      f: '2021-10-31T01:30:00Z',
      g: '9999-12-31T23:59:59.999999Z',
    })
  })

  test('times that no clock showed, or that are two', async () => {
    await lay(ground)
    await write(
      ground,
      'at',
      json({
        gap: '2021-03-28 02:30',
        overlap: '2021-10-31 02:30',
        february: '2023-02-29T00:00:00Z',
        month: '2023-13-01T00:00:00Z',
        second: '2023-01-01T00:00:60Z',
        midnight: '2023-01-01T24:00:00Z',
        nanoseconds: '2023-01-01T00:00:00.1234567Z',
        words: 'yesterday',
        american: '01/02/2023',
      }),
    )
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ inserted: 0, rejected: 9 })
  })

  test('a wall clock stays one, and an offset is not dropped in silence', async () => {
    await lay(ground)
    await write(
      ground,
      'local',
      json({ a: '2021-03-28 02:30', b: '2021-03-28T02:30:00Z', c: '2021-03-28 02:30:00.5' }),
    )
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toEqual({ b: 'type local' })
    expect(await column(ground, 'local')).toEqual({ a: '2021-03-28T02:30:00', c: '2021-03-28T02:30:00.5' })
  })

  test('a text without a zone, where none is declared', async () => {
    await lay(ground, `timestamp('at')`)
    await write(ground, 'at', json({ a: '2021-07-01 12:00', b: '2021-07-01', c: '2021-07-01T12:00:00Z' }))
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toEqual({ a: 'type at', b: 'type at' })
  })

  test('days that there are', async () => {
    await lay(ground)
    await write(
      ground,
      'day',
      json({
        leap: '2024-02-29',
        century: '1900-02-29',
        thirty: '2024-04-31',
        zero: '0000-01-01',
        first: '0001-01-01',
        time: '2024-01-01T00:00:00Z',
      }),
    )
    const report = await ground.run({ only: ['things'] })
    expect(await column(ground, 'day')).toEqual({ leap: '2024-02-29', first: '0001-01-01' })
    expect(report.totals.rejected).toBe(4)
  })

  test('json of any shape', async () => {
    await lay(ground)
    const values = {
      proto: '{"__proto__":{"a":1},"constructor":{"prototype":1},"toString":null}',
      big: '{"n":12345678901234567890,"m":[9007199254740993,-9007199254740993]}',
      nested: '{"a":[[],{},[null,[false,{"":""}]]],"":0}',
      text: '"just text"',
      number: '0',
      false: 'false',
      list: '[1,[2,[3]]]',
      unicode: '{"ключ":"👩‍👩‍👧 \\u0001","a\\"b":"\\\\"}',
    }
    await write(ground, 'anything', { ...values, null: 'null' })
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ inserted: 9, rejected: 0 })
    const held = await column(ground, 'anything')
    expect(Object.keys(held).toSorted()).toEqual(Object.keys(values).toSorted())
    const parsed = ({ big: _, ...others }: Record<string, unknown>) =>
      Object.entries(others).map(([key, text]) => [key, JSON.parse(text as string)])
    expect(Object.fromEntries(parsed(held))).toEqual(Object.fromEntries(parsed(values)))
    expect((held['big'] as string).replaceAll(' ', '')).toBe(
      '{"m":[9007199254740993,-9007199254740993],"n":12345678901234567890}',
    )
    expect((await ground.run({ only: ['things'] })).totals.unchanged).toBe(9)
  })

  test('json that would lose something', async () => {
    await lay(ground)
    await write(ground, 'anything', {
      nul: '{"a":"\\u0000"}',
      key: '{"\\u0000":1}',
      surrogate: '["\\ud800"]',
    })
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toEqual({
      nul: 'nul_character anything',
      key: 'nul_character anything',
      surrogate: 'lone_surrogate anything',
    })
  })

  test('the order of keys and the blanks of json are no difference, the order of a list is', async () => {
    await lay(ground)
    await write(ground, 'anything', { a: '{"x":1,"y":[1,2]}' })
    await ground.run({ only: ['things'] })
    await write(ground, 'anything', { a: '{ "y" : [1, 2], "x" : 1 }' })
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ unchanged: 1, updated: 0 })
    await write(ground, 'anything', { a: '{"x":1,"y":[2,1]}' })
    expect((await ground.run({ only: ['things'] })).totals).toMatchObject({ unchanged: 0, updated: 1 })
  })

  test('true is true and nothing else is', async () => {
    await lay(ground)
    await write(ground, 'flag', { yes: 'true', no: 'false', one: '1', text: '"true"', null: 'null' })
    const report = await ground.run({ only: ['things'] })
    expect(rejectsOf(report, 'things')).toEqual({ one: 'type flag', text: 'type flag' })
    const rows = await ground.query('select id, flag from things where flag is not null order by id')
    expect(rows.map((row) => [row['id'], Boolean(row['flag'])])).toEqual([
      ['no', false],
      ['yes', true],
    ])
  })

  test('legacy keys of digits, blanks and signs stay apart', async () => {
    await lay(ground)
    const keys = ['1', '01', ' 1', '1 ', '1.0', 'É', 'E\u0301', 'é', 'null', '["a","b"]', '__proto__']
    await ground.source(
      'things',
      keys.map((id, index) => ({ id, words: `word ${index}` })),
    )
    const report = await ground.run({ only: ['things'] })
    expect(report.totals).toMatchObject({ inserted: keys.length, rejected: 0 })
    const held = new Set((await ground.query('select id from things')).map((row) => row['id']))
    expect(held).toEqual(new Set(keys))
    expect((await ground.run({ only: ['things'] })).totals.unchanged).toBe(keys.length)
  })
})

const ddl = `
create table things (
  id text primary key,
  big bigint,
  small integer,
  exact numeric,
  price numeric(10, 2),
  ratio double precision,
  words text,
  short varchar(3),
  at timestamptz,
  local timestamp,
  day date,
  anything jsonb,
  flag boolean
)`

async function lay(ground: Ground, at = `timestamp('at', { zone: 'Europe/Berlin' })`): Promise<void> {
  await addPipeline(
    ground,
    'things',
    `
export const things = pg.pgTable('things', {
  id: pg.text('id').primaryKey(),
  big: pg.bigint('big', { mode: 'bigint' }),
  small: pg.integer('small'),
  exact: pg.numeric('exact'),
  price: pg.numeric('price', { precision: 10, scale: 2 }),
  ratio: pg.doublePrecision('ratio'),
  words: pg.text('words'),
  short: pg.varchar('short', { length: 3 }),
  at: pg.timestamp('at', { withTimezone: true }),
  local: pg.timestamp('local', { mode: 'string' }),
  day: pg.date('day'),
  anything: pg.jsonb('anything'),
  flag: pg.boolean('flag'),
})
const as = <Value>(field: string) => (record: Record<string, unknown>) => record[field] as Value | null | undefined

export default definePipeline({
  name: 'things',
  source: { files: '../data/things.json' },
  record: z.looseObject({ id: z.string(), exact: z.unknown().optional(), price: z.unknown().optional(), at: z.unknown().optional(), anything: z.unknown().optional() }),
  key: 'id',
  target: things,
  columns: {
    id: 'id',
    big: as<bigint>('big'),
    small: as<number>('small'),
    exact: decimal('exact'),
    price: decimal('price'),
    ratio: as<number>('ratio'),
    words: as<string>('words'),
    short: as<string>('short'),
    at: ${at},
    local: as<string>('local'),
    day: as<string>('day'),
    anything: json('anything'),
    flag: as<boolean>('flag'),
  },
})
`,
    ddl,
  )
}

/** Writes a source of records that have one more field; values are JSON text, so that the test says every digit. */
async function write(ground: Ground, field: string, values: Readonly<Record<string, string>>): Promise<void> {
  const records = Object.entries(values).map(
    ([id, value]) => `{"id":${JSON.stringify(id)},"${field}":${value}}`,
  )
  await ground.file('data/things.json', `[${records.join(',\n')}]`)
}

function json(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]))
}

/** What the column holds, as the database prints it, by id. */
async function column(ground: Ground, name: string): Promise<Record<string, unknown>> {
  const rows = await ground.query(
    `select id, ${printed(ground, name)} as value from things where ${name} is not null`,
  )
  return Object.fromEntries(rows.map((row: Row) => [row['id'], row['value']]))
}

function printed(ground: Ground, name: string): string {
  // Another program reads SQLite's twin as it stands; an integer as text, since a driver may round it.
  if (ground.engine === 'sqlite') return name === 'big' ? `cast(${name} as text)` : name
  if (name === 'at')
    return `rtrim(rtrim(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z'`
  if (name === 'local') return `rtrim(rtrim(to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.')`
  return `${name}::text`
}
