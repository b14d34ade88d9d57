import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf } from '../src/record/parse-instant.js'
import { readMoment } from '../src/record/read-moment.js'
import { utcInstant } from '../src/utc-instant.js'

test.each([
  ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09Z'],
  ['2024-05-06T07:08:09.000Z', '2024-05-06T07:08:09Z'],
  ['2024-05-06T07:08:09.050Z', '2024-05-06T07:08:09.05Z'],
  ['2024-05-06T07:08:09.123456789Z', '2024-05-06T07:08:09.123456789Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ['9999-12-28T23:59:59Z', '9999-12-28T23:59:59Z'],
])('%s is the instant %s', (text, instant) => {
  expect(utcInstant(text)).toBe(instant)
})

test.each([
  '2024-05-06 07:08:09Z',
  '2024-05-06T07:08:09',
  '2024-05-06T07:08:09z',
  '2024-05-06T07:08Z',
  '2024-05-06T07:08:09+00:00',
  '2024-05-06T07:08:09.Z',
  '2024-05-06T07:08:09,5Z',
  '2024-05-06T07:08:09.5xZ',
  '2024-05-06T07:08:09.1234567890Z',
  '2024-05-06T24:00:00Z',
  '2024-05-06T07:60:00Z',
  '2024-05-06T07:08:60Z',
  '2024-00-06T07:08:09Z',
  '2024-13-06T07:08:09Z',
  '2024-02-30T07:08:09Z',
  '2024-05-00T07:08:09Z',
  '0000-05-06T07:08:09Z',
  '2024-5-006T07:08:09Z',
  '２024-05-06T07:08:09Z',
])('%s takes a closer look', (text) => {
  expect(utcInstant(text)).toBeUndefined()
})

test('whatever it answers, taking the text apart answers too', () => {
  const part = (length: number) =>
    fc.nat(10 ** length + 2).map((number) => String(number).padStart(length, '0'))
  const texts = fc
    .tuple(part(4), part(2), part(2), part(2), part(2), part(2), fc.option(fc.nat(999_999_999)))
    .map(([year, month, day, hour, minute, second, fraction]) => {
      const point = fraction === null ? '' : `.${fraction}`
      return `${year}-${month}-${day}T${hour}:${minute}:${second}${point}Z`
    })
  const usual = fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString())
  fc.assert(
    fc.property(fc.oneof(texts, usual), (text) => {
      const instant = utcInstant(text)
      if (instant !== undefined) expect(instantOf(readMoment(text))).toEqual({ text: instant })
    }),
    { numRuns: 2000 },
  )
})
