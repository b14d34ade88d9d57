import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../src/record/parse-decimal.js'

describe('parseDecimal', () => {
  it.each<[unknown, string]>([
    [' +1.50 ', '1.50'],
    ['007', '7'],
    ['-0.00', '0.00'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['2e3', '2000'],
    ['1.5e3', '1500'],
    ['1.2345e2', '123.45'],
    ['1.5E-3', '0.0015'],
    ['150e-1', '15.0'],
    ['0e5', '0'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [-0, '0'],
    [42, '42'],
    [9007199254740993n, '9007199254740993'],
  ])('reads %o as %s', (value, text) => {
    expect(parseDecimal(value)).toEqual({ text })
  })

  it.each<[unknown, string]>([
    ['1,000', 'text that is not a decimal number'],
    ['1 000', 'text that is not a decimal number'],
    ['', 'text that is not a decimal number'],
    ['.', 'text that is not a decimal number'],
    ['12 €', 'text that is not a decimal number'],
    ['0x10', 'text that is not a decimal number'],
    ['NaN', 'text that is not a decimal number'],
    ['1e100000', 'an exponent beyond 1000'],
    [2 ** 53, 'an integer beyond 2^53, which was rounded on the way'],
    [Number.POSITIVE_INFINITY, 'a number that is not finite'],
    [true, 'neither a number nor text'],
    [null, 'neither a number nor text'],
  ])('refuses %o: %s', (value, problem) => {
    expect(parseDecimal(value)).toEqual({ problem })
  })

  it('keeps the value of every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (value) => {
        const decimal = parseDecimal(value)
        expect('text' in decimal && Number(decimal.text)).toBe(value + 0)
      }),
    )
  })

  it('keeps every digit while it moves the point', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n }), fc.integer({ min: 0, max: 60 }), (digits, places) => {
        const decimal = parseDecimal(`${digits}e-${places}`)
        const text = 'text' in decimal ? decimal.text : ''
        expect(BigInt(text.replace('.', ''))).toBe(digits)
        expect(text.length - 1 - text.indexOf('.')).toBe(places === 0 ? text.length : places)
        expect(parseDecimal(`${digits}e${places}`)).toEqual({ text: String(digits * 10n ** BigInt(places)) })
      }),
    )
  })
})
