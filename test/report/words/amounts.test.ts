import { describe, expect, it } from 'vitest'
import { amount, count } from '../../../src/report/words/amount.js'
import { bytes } from '../../../src/report/words/bytes.js'
import { duration } from '../../../src/report/words/duration.js'

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('the number %d is written %s', (number, text) => expect(count(number)).toBe(text))

it('one is singular, everything else is not', () => {
  expect([0, 1, 2000].map((number) => amount(number, 'record'))).toEqual([
    '0 records',
    '1 record',
    '2,000 records',
  ])
  expect(amount(2, 'entry', 'entries')).toBe('2 entries')
})

describe('a duration has the unit that suits it', () => {
  it.each([
    [0, '0 ms'],
    [840.4, '840 ms'],
    [1200, '1.2 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [12_000_000, '3 h 20 min'],
  ])('%d ms: %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text))
})

describe('a size has the unit that suits it', () => {
  it.each([
    [512, '512 bytes'],
    [1300, '1.3 kB'],
    [999_600, '1.0 MB'],
    [202_000_000, '202 MB'],
  ])('%d: %s', (size, text) => expect(bytes(size)).toBe(text))
})
