import { expect, test } from 'vitest'
import { parseDecimal } from '../../src/record/parse-decimal.js'
import { type Separators, separatorsProblem } from '../../src/record/separated-decimal.js'

const german = { group: '.', decimal: ',' }
const english = { group: ',', decimal: '.' }
const french = { group: ' ', decimal: ',' }

test.each<[unknown, Separators, string]>([
  ['1.234,56', german, '1234.56'],
  ['-1.234.567,8', german, '-1234567.8'],
  ['1234,56', german, '1234.56'],
  ['1.234', german, '1234'],
  [' ,5 ', german, '0.5'],
  ['12.345.678.901.234.567.890,123', german, '12345678901234567890.123'],
  ['1,234.56', english, '1234.56'],
  ['1 234,56', french, '1234.56'],
  ['1\u202f234\u00a0567,8', french, '1234567.8'],
  ["1'234.5", { group: "'", decimal: '.' }, '1234.5'],
  ['1234,5', { decimal: ',' }, '1234.5'],
  [1234.56, german, '1234.56'],
  [9007199254740993n, german, '9007199254740993'],
])('%o with %o is %s', (value, separators, text) => {
  expect(parseDecimal(value, { separators })).toEqual({ text })
})

test.each<[string, Separators]>([
  ['12.34,5', german],
  ['1234.567,8', german],
  ['1234.56', german],
  ['.123', german],
  ['1,234,56', german],
  ['1.234', { decimal: ',' }],
  ['1,2,3', english],
  ['1 23', french],
  ['', german],
  [',', german],
  ['12 €', german],
])('%o is not written with %o', (value, separators) => {
  expect(parseDecimal(value, { separators })).toEqual({ problem: 'text that is not a decimal number' })
})

test.each<[Separators, boolean]>([
  [german, true],
  [{ decimal: '٫', group: '٬' }, true],
  [{ decimal: ',', group: ',' }, false],
  [{ decimal: '' }, false],
  [{ decimal: ',', group: '..' }, false],
  [{ decimal: '1' }, false],
  [{ decimal: '-' }, false],
])('the separators %o can be used: %s', (separators, usable) => {
  expect(separatorsProblem(separators) === undefined).toBe(usable)
})
