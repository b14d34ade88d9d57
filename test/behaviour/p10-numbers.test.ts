import { expect, test } from 'vitest'
import { rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

/** As the source writes them → as plain digits, `undefined` where a bigint column cannot hold it. */
const numbers: Readonly<Record<string, { written: string; plain: string; integer?: string }>> = {
  small: { written: '7', plain: '7', integer: '7' },
  zero: { written: '-0', plain: '0', integer: '0' },
  safe: { written: '9007199254740991', plain: '9007199254740991', integer: '9007199254740991' },
  beyond: { written: '9007199254740993', plain: '9007199254740993', integer: '9007199254740993' },
  last: { written: '9223372036854775807', plain: '9223372036854775807', integer: '9223372036854775807' },
  first: { written: '-9223372036854775808', plain: '-9223372036854775808', integer: '-9223372036854775808' },
  power: { written: '1e18', plain: '1000000000000000000', integer: '1000000000000000000' },
  wide: { written: '123456789012345678901234567890', plain: '123456789012345678901234567890' },
  long: { written: '12345678901234567890.123456789', plain: '12345678901234567890.123456789' },
  fine: { written: '1.0e-30', plain: '0.000000000000000000000000000001' },
  zeros: { written: '0.1000', plain: '0.1' },
  digits: { written: '0.10000000000000000001', plain: '0.10000000000000000001' },
  huge: { written: '1e400', plain: '1' + '0'.repeat(400) },
}

promise('numbers arrive with every digit, however the column is declared', (ground) => {
  test('in numeric, bigint and jsonb columns, by a field, a helper and a function', async () => {
    await lay(ground)
    await write(ground, Object.fromEntries(Object.entries(numbers).map(([id, { written }]) => [id, written])))
    const report = await ground.run({ only: ['numbers'] })
    expect(report.totals).toMatchObject({ inserted: Object.keys(numbers).length, rejected: 0 })
    for (const column of ['by_union', 'by_helper', 'by_function', 'from_unknown']) {
      const held = await valuesOf(ground, column)
      for (const [id, { plain }] of Object.entries(numbers))
        expect([column, id, trimmed(held[id])]).toEqual([column, id, plain])
    }
    const whole = await valuesOf(ground, 'whole')
    for (const [id, { integer }] of Object.entries(numbers))
      expect([id, whole[id] ?? undefined]).toEqual([id, integer])
    expect((await ground.run({ only: ['numbers'] })).totals).toMatchObject({
      unchanged: Object.keys(numbers).length,
    })
    expect((await ground.verify({ only: ['numbers'] })).status).toBe('ok')
  })

  test('in jsonb as numbers, never as text, wherever they stand and whatever the schema saw', async () => {
    await lay(ground)
    await write(ground, Object.fromEntries(Object.entries(numbers).map(([id, { written }]) => [id, written])))
    await ground.run({ only: ['numbers'] })
    for (const column of ['as_json', 'as_field', 'as_union', 'nested']) {
      const held = await valuesOf(ground, column)
      for (const [id, { plain }] of Object.entries(numbers)) {
        const text = held[id]?.replaceAll(' ', '') ?? ''
        expect([column, id, text.startsWith('"')]).toEqual([column, id, false])
        expect([column, id, column === 'nested' ? text : plainNumber(text)]).toEqual([
          column,
          id,
          column === 'nested' ? `{"list":[${nestedText(ground, plain)},"1e400"]}` : plain,
        ])
      }
    }
  })

  test('a text stays a text in jsonb, whatever number it looks like', async () => {
    await lay(ground)
    await write(ground, { text: '"1e400"', digits: '"9007199254740993"' })
    await ground.run({ only: ['numbers'] })
    expect(await valuesOf(ground, 'as_json')).toEqual({ text: '"1e400"', digits: '"9007199254740993"' })
    expect(await valuesOf(ground, 'as_union')).toEqual({ text: '"1e400"', digits: '"9007199254740993"' })
  })

  test('in text columns where the schema takes text beside numbers', async () => {
    await lay(ground)
    await write(ground, { long: '12345678901234567890.125', big: '9007199254740993', text: '"abc"' }, 'words')
    const report = await ground.run({ only: ['numbers'] })
    expect(report.totals.rejected).toBe(0)
    expect(await valuesOf(ground, 'words')).toEqual({
      long: '12345678901234567890.125',
      big: '9007199254740993',
      text: 'abc',
    })
  })

  test('a number that would be rounded is refused, unless the pipeline says how to round', async () => {
    await lay(ground)
    const halves = {
      a: '1.005',
      b: '"2.675"',
      c: '-1.005',
      d: '1.015',
      e: '12345678.125',
      f: '0.004',
      g: '1',
    }
    await write(ground, halves, 'price')
    expect((await ground.run({ only: ['numbers'] })).pipelines[0]?.rejects).toMatchObject([
      { code: 'out_of_range', column: 'price', count: 6 },
    ])
    const rounded = {
      'half-up': { a: '1.01', b: '2.68', c: '-1.01', d: '1.02', e: '12345678.13', f: '0.00', g: '1.00' },
      'half-even': { a: '1.00', b: '2.68', c: '-1.00', d: '1.02', e: '12345678.12', f: '0.00', g: '1.00' },
      down: { a: '1.00', b: '2.67', c: '-1.00', d: '1.01', e: '12345678.12', f: '0.00', g: '1.00' },
    }
    for (const [round, expected] of Object.entries(rounded)) {
      await lay(ground, `decimal('price', { scale: 2, round: '${round}' })`)
      await write(ground, halves, 'price')
      expect((await ground.run({ only: ['numbers'] })).totals.rejected).toBe(0)
      expect(await valuesOf(ground, 'price')).toEqual(expected)
    }
  })

  test('decimals with separators need their declaration', async () => {
    await lay(ground)
    await write(ground, { a: '"1.234,56"', b: '"1,234"', c: '"1.234"' }, 'price')
    expect(rejectsOf(await ground.run({ only: ['numbers'] }), 'numbers')).toEqual({
      a: 'type price',
      b: 'type price',
      c: 'out_of_range price',
    })
    await lay(ground, `decimal('price', { separators: { group: '.', decimal: ',' } })`)
    await write(ground, { a: '"1.234,56"', b: '"1.234"', c: '"1,2"', d: '"12.34,5"', e: '1234.56' }, 'price')
    const report = await ground.run({ only: ['numbers'] })
    expect(rejectsOf(report, 'numbers')).toEqual({ d: 'type price' })
    expect(await valuesOf(ground, 'price')).toEqual({ a: '1234.56', b: '1234.00', c: '1.20', e: '1234.56' })
  })
})

async function lay(ground: Ground, price = `decimal('price')`): Promise<void> {
  const isFirst = (await ground.query('select 1 from numbers').catch(() => undefined)) === undefined
  const text = pipeline.replace('PRICE', price)
  if (isFirst) await addPipeline(ground, 'numbers', text, ddl)
  else await ground.file('pipelines/numbers.ts', imports + text)
}

const imports = `
import { decimal, definePipeline, json } from 'carryover'
import * as pg from 'drizzle-orm/pg-core'
import { z } from 'zod'
`

const ddl = `
create table numbers (
  id text primary key, by_union numeric, by_helper numeric, by_function numeric, from_unknown numeric, whole bigint,
  as_json jsonb, as_field jsonb, as_union jsonb, nested jsonb, words text, price numeric(10, 2)
)`

const pipeline = `
export const numbers = pg.pgTable('numbers', {
  id: pg.text('id').primaryKey(),
  byUnion: pg.numeric('by_union'),
  byHelper: pg.numeric('by_helper'),
  byFunction: pg.numeric('by_function'),
  fromUnknown: pg.numeric('from_unknown'),
  whole: pg.bigint('whole', { mode: 'bigint' }),
  asJson: pg.jsonb('as_json'),
  asField: pg.jsonb('as_field'),
  asUnion: pg.jsonb('as_union'),
  nested: pg.jsonb('nested'),
  words: pg.text('words'),
  price: pg.numeric('price', { precision: 10, scale: 2 }),
})
const numberOrText = z.union([z.number(), z.string()]).optional()

export default definePipeline({
  name: 'numbers',
  source: { files: '../data/numbers.json' },
  record: z.object({
    id: z.string(),
    a: numberOrText, b: z.unknown().optional(), whole: z.union([z.number(), z.bigint()]).optional(),
    nested: z.json().optional(), words: numberOrText, price: z.unknown().optional(),
  }),
  key: 'id',
  target: numbers,
  columns: {
    id: 'id',
    byUnion: 'a' as never,
    byHelper: decimal('b'),
    byFunction: ({ a }) => a === undefined ? undefined : String(a),
    fromUnknown: 'b' as never,
    whole: 'whole' as never,
    asJson: json('b'),
    asField: 'b',
    asUnion: json('a'),
    nested: json('nested'),
    words: 'words' as never,
    price: PRICE,
  },
})
`

async function write(
  ground: Ground,
  values: Readonly<Record<string, string>>,
  field?: string,
): Promise<void> {
  const records = Object.entries(values).map(([id, value]) => {
    if (field !== undefined) return `{"id":"${id}","${field}":${value}}`
    const whole = numbers[id]?.integer === undefined ? 'null' : value
    const more = whole === 'null' ? '' : `,"whole":${whole}`
    return `{"id":"${id}","a":${value},"b":${value},"nested":{"list":[${value},"1e400"]}${more}}`
  })
  await ground.file('data/numbers.json', `[${records.join(',')}]`)
  await ground.query('delete from numbers')
  await ground.query(`delete from ${ground.ledger('records')}`).catch(() => undefined)
}

async function valuesOf(ground: Ground, column: string): Promise<Record<string, string | undefined>> {
  const rows = await ground.query(
    `select id, cast(${column} as text) as value from numbers where ${column} is not null`,
  )
  return Object.fromEntries(rows.map((row) => [row['id'], row['value'] as string]))
}

/** JSON text of a number without an exponent: SQLite keeps `1e-30` as it was written. */
function plainNumber(text: string): string {
  return trimmed(text.replace('1e-30', numbers['fine']!.plain)) ?? ''
}

function nestedText(ground: Ground, plain: string): string {
  return ground.engine === 'sqlite' && Number(plain) === 1e-30 ? '1e-30' : plain
}

/** Without zeros that say nothing. */
function trimmed(text: string | undefined): string | undefined {
  return text?.includes('.') ? text.replace(/\.?0+$/, '') : text
}
