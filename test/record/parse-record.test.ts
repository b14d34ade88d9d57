import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseRecord } from '../../src/record/parse-record.js'
import { WrittenNumber } from '../../src/written-number.js'

const messageOf = (schema: z.ZodType, value: unknown) => {
  const parsed = parseRecord(schema, value)
  return 'reject' in parsed ? parsed.reject : undefined
}

test('every issue is told, the first one by its field', () => {
  const schema = z.object({ email: z.string(), name: z.string().min(1) })
  expect(messageOf(schema, { email: 7, name: '' })).toEqual({
    code: 'invalid_record',
    column: 'email',
    message:
      'email: expected string, received number; name: Too small: expected string to have >=1 characters',
  })
})

test('a message of the schema’s own is passed on', () => {
  const schema = z.object({ email: z.string().refine(() => false, 'only addresses of the old company') })
  expect(messageOf(schema, { email: 'ada@example.org' })?.message).toBe(
    'email: only addresses of the old company',
  )
})

test('a message that quotes the value is not, wherever the value stands', () => {
  const quoting = z.object({
    email: z.string().refine(() => false, { error: (issue) => `not ${String(issue.input)}` }),
  })
  expect(messageOf(quoting, { email: 'ada@example.org' })?.message).toBe(
    'email: refused, with a message of the schema that quotes the value',
  )
  const whole = z.object({ a: z.object({ b: z.number() }) }).refine(() => false, { error: 'no 12345 here' })
  expect(messageOf(whole, { a: { b: 12_345 } })?.message).toBe(
    'refused, with a message of the schema that quotes the value',
  )
})

test('a word that zod itself uses is no quotation', () => {
  expect(messageOf(z.object({ kind: z.number() }), { kind: 'string' })?.message).toBe(
    'kind: expected number, received string',
  )
})

test('a schema that throws rejects the record', () => {
  const schema = z.object({ name: z.string() }).transform(() => {
    throw new RangeError('ada@example.org')
  })
  expect(messageOf(schema, { name: 'ada@example.org' })).toEqual({
    code: 'invalid_record',
    message: 'a function of the schema threw RangeError',
  })
})

const huge = new WrittenNumber('1e400')
const round = new WrittenNumber('1e20')
const long = new WrittenNumber('12345678901234567890.125')
const numberOrText = z.union([z.number(), z.string()])

test.each<[string, z.ZodType, unknown, unknown]>([
  ['anything goes: as it was written', z.unknown(), huge, huge],
  ['a bigint is wanted', z.bigint(), 9007199254740993n, 9007199254740993n],
  ['a bigint is wanted of a whole number with an exponent', z.bigint(), round, 10n ** 20n],
  ['a number or text is wanted: text', numberOrText, long, '12345678901234567890.125'],
  [
    'a number or text is wanted of a bigint: text',
    numberOrText.nullish(),
    9007199254740993n,
    '9007199254740993',
  ],
  ['a number or a bigint is wanted', z.union([z.number(), z.bigint()]), round, 10n ** 20n],
  ['a number is wanted, and a double is exact', z.number(), round, 1e20],
  ['text is made of it by the schema', z.coerce.string(), long, '12345678901234567890.125'],
])('a number beyond JavaScript’s, where %s', (_, field, value, seen) => {
  expect(parseRecord(z.object({ a: field }), { a: value })).toMatchObject({ record: { a: seen } })
  expect(parseRecord(z.object({ a: z.array(field) }), { a: [value] })).toMatchObject({
    record: { a: [seen] },
  })
})

test.each<[string, z.ZodType, unknown, string]>([
  ['a number', z.number(), huge, 'out_of_range'],
  ['a number', z.number(), 9007199254740993n, 'out_of_range'],
  ['an integer', z.int(), round, 'invalid_record'],
  ['a bigint', z.bigint(), long, 'invalid_record'],
  ['text', z.string(), huge, 'invalid_record'],
  ['text', z.string(), 9007199254740993n, 'invalid_record'],
  ['short text or a number', z.union([z.number(), z.string().max(3)]), long, 'invalid_record'],
])('a number beyond JavaScript’s is refused where %s alone is wanted', (_, field, value, code) => {
  const reject = messageOf(z.object({ a: field }), { a: value })
  expect(reject).toMatchObject({ code, column: 'a' })
  expect(reject?.message).not.toMatch(/123456|1e|WrittenNumber/)
})

test('what the schema saw in the place of a number is told, and its source is not touched', () => {
  const source = { a: { b: [long, 'x'] }, c: huge }
  const parsed = parseRecord(z.object({ a: z.object({ b: z.array(numberOrText) }), c: z.unknown() }), source)
  expect(parsed).toEqual({
    record: { a: { b: [long.text, 'x'] }, c: huge },
    offers: [{ path: ['a', 'b', 0], written: long, value: long.text }],
  })
  expect(source).toEqual({ a: { b: [long, 'x'] }, c: huge })
})
