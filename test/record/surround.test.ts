import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { surround } from '../../src/record/surround.js'

const all = { $key: 'k', $file: '../a.json', $parent: { id: 1 } }
const record = { id: 7 }

describe('what a schema sees', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['an object that declares nothing of it', z.object({ id: z.number() }), record],
    ['an object', z.object({ $key: z.string(), id: z.number() }), { id: 7, $key: 'k' }],
    ['a strict object', z.strictObject({ $file: z.string(), id: z.number() }), { id: 7, $file: '../a.json' }],
    ['a loose object', z.looseObject({ $parent: z.unknown() }), { id: 7, $parent: { id: 1 } }],
    ['a strict object with a check', z.strictObject({ id: z.number() }).refine(() => true), record],
    [
      'a strict object with a transform',
      z.strictObject({ $key: z.string() }).transform(String),
      { id: 7, $key: 'k' },
    ],
    [
      'a strict object behind a step before it',
      z.preprocess((value) => value, z.strictObject({ id: z.number() })),
      record,
    ],
    ['a strict object that is read-only', z.strictObject({ id: z.number() }).readonly(), record],
    [
      'a strict object with something to fall back on',
      z.strictObject({ id: z.number() }).catch({ id: 0 }),
      record,
    ],
    [
      'several strict objects',
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('a'), $key: z.string() }),
        z.strictObject({ kind: z.literal('b'), $key: z.string() }),
      ]),
      { id: 7, $key: 'k' },
    ],
    ['an object or something else', z.union([z.object({ id: z.number() }), z.unknown()]), { id: 7, ...all }],
    ['anything', z.unknown(), { id: 7, ...all }],
    ['a map', z.record(z.string(), z.unknown()), { id: 7, ...all }],
  ])('%s', (_, schema, expected) => {
    expect(surround(schema, record, all)).toEqual(expected)
    expect(record).toEqual({ id: 7 })
  })
})

test('a strict object passes with what it declares', () => {
  const schema = z.strictObject({ $key: z.string(), $file: z.string(), id: z.number() })
  expect(schema.safeParse(surround(schema, record, all)).success).toBe(true)
})

test('what surrounds a record wins over a field of that name', () => {
  const schema = z.object({ $key: z.string() })
  expect(surround(schema, { $key: 'old' }, { $key: 'new' })).toEqual({ $key: 'new' })
  expect(surround(schema, { $key: 'old' }, {})).toEqual({ $key: 'old' })
})

describe('a record that is no object', () => {
  const schema = z.object({ $value: z.unknown(), $key: z.string().optional() })

  test.each([['text'], [7], [null], [true], [[1, 2]]])(
    '%j arrives as $value where that is declared',
    (value) => {
      expect(surround(schema, value, all)).toEqual({ $value: value, $key: 'k' })
      expect(surround(z.object({ id: z.number() }), value, all)).toBe(value)
      expect(surround(z.unknown(), value, all)).toBe(value)
    },
  )

  test('an object has no $value', () => {
    expect(surround(schema, record, all)).toEqual({ id: 7, $key: 'k' })
  })
})

test('an own field named __proto__ stays a field, and no prototype is touched', () => {
  const value: unknown = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": 1}')
  const seen = surround(z.object({ $key: z.string() }), value, { $key: '__proto__' }) as Record<
    string,
    unknown
  >
  expect(Object.keys(seen)).toEqual(['__proto__', 'constructor', '$key'])
  expect(Object.getPrototypeOf(seen)).toBe(Object.prototype)
  expect(seen['isAdmin']).toBeUndefined()
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
})
