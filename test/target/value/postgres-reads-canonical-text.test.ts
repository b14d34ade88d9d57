import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeValue } from '../../../src/target/value/encode-value.js'
import { parseColumnType } from '../../../src/target/value/parse-column-type.js'
import { freshDatabase } from '../../postgres/fresh-database.js'

const database = await freshDatabase()

/** What Postgres prints for values that were assigned to a column of the type, as a load assigns them. */
async function printed(type: string, texts: (string | null)[]): Promise<(string | null)[]> {
  const rows = await database.query<{ printed: string | null }>(
    `with given as (select text, at from unnest($1::text[]) with ordinality as given (text, at))
     select (text::${type})::text as printed from given order by at`,
    [texts],
  )
  return rows.map((row) => row.printed)
}

function canonical(type: string, value: unknown): string | null {
  const encoded = encodeValue(parseColumnType(type), value)
  if ('refusal' in encoded) throw new Error(`${type}: ${encoded.refusal.found}`)
  return encoded.text
}

const wellFormed = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed())
const instant = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
})
const decimal = fc.tuple(fc.bigInt(), fc.nat(40)).map(([digits, places]) => `${digits}e-${places}`)

/** Types whose text in Postgres is the canonical text, to the letter. */
const toTheLetter: [string, fc.Arbitrary<unknown>][] = [
  ['text', wellFormed],
  ['bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ['numeric', decimal],
  ['numeric(60,20)', fc.bigInt({ min: -(10n ** 39n), max: 10n ** 39n })],
  ['numeric(3,-2)', fc.integer({ min: -999, max: 999 }).map((hundreds) => hundreds * 100)],
  ['numeric(2,4)', fc.integer({ min: -99, max: 99 }).map((units) => `${units}e-4`)],
  ['boolean', fc.boolean()],
  ['uuid', fc.uuid().map((uuid) => uuid.toUpperCase())],
  ['date', instant.map((date) => date.toISOString().slice(0, 10))],
  ['bytea', fc.uint8Array()],
  ['text[]', fc.array(fc.option(wellFormed))],
  ['integer[]', fc.array(fc.tuple(fc.integer(), fc.option(fc.integer())))],
]

it.each(toTheLetter)('Postgres prints %s as the canonical text', async (type, arbitrary) => {
  const texts = fc.sample(arbitrary, 300).map((value) => canonical(type, value))
  expect(await printed(type, texts)).toEqual(texts)
})

/** Types that Postgres prints in another style (`1e-07`, a blank for the T, the zone of the session). */
const inAnotherStyle: [string, fc.Arbitrary<unknown>][] = [
  ['double precision', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['real', fc.float({ noNaN: true, noDefaultInfinity: true })],
  ['timestamp', instant],
  ['timestamptz', instant],
  ['time', instant.map((date) => date.toISOString().slice(11, 23))],
  ['timetz', instant.map((date) => date.toISOString().slice(11, 23) + '-03:30')],
  [
    'jsonb',
    fc
      .jsonValue()
      .filter((value) => value !== null)
      .map(withoutUnstorable),
  ],
]

it.each(inAnotherStyle)(
  'what Postgres prints for %s has the same canonical text',
  async (type, arbitrary) => {
    const texts = fc.sample(arbitrary, 300).map((value) => canonical(type, value))
    const back = (await printed(type, texts)).map((text) => canonical(type, readAs(type, text ?? '')))
    expect(back).toEqual(texts)
  },
)

/** What a program reads; of some powers of two Postgres prints one digit more than JavaScript needs for the same number. */
function readAs(type: string, text: string): unknown {
  if (type === 'jsonb') return JSON.parse(text)
  if (type === 'double precision') return Number(text)
  return type === 'real' ? Math.fround(Number(text)) : text
}

/** Leaves out what is refused anyway. */
function withoutUnstorable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) ? 0 : item,
  )
}
