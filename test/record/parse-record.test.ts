import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseRecord } from '../../src/record/parse-record.js'

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
