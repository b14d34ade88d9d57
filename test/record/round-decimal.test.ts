import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundDecimal, type Rounding } from '../../src/record/round-decimal.js'

describe('roundDecimal', () => {
  it.each<[string, number, string, string, string]>([
    // text, scale, half-up, half-even, down
    ['1.005', 2, '1.01', '1.00', '1.00'],
    ['1.015', 2, '1.02', '1.02', '1.01'],
    ['-1.005', 2, '-1.01', '-1.00', '-1.00'],
    ['-0.004', 2, '0.00', '0.00', '0.00'],
    ['0.005', 2, '0.01', '0.00', '0.00'],
    ['1.0050000000000000000000000001', 2, '1.01', '1.01', '1.00'],
    ['1.00499999999999999999999999999', 2, '1.00', '1.00', '1.00'],
    [
      '999999999999999999999.995',
      2,
      '1000000000000000000000.00',
      '1000000000000000000000.00',
      '999999999999999999999.99',
    ],
    ['0.5', 0, '1', '0', '0'],
    ['1.5', 0, '2', '2', '1'],
    ['9.99', 1, '10.0', '10.0', '9.9'],
    ['1.5', 2, '1.5', '1.5', '1.5'],
    ['12', 2, '12', '12', '12'],
  ])('%s to %i digits: %s, %s, %s', (text, scale, halfUp, halfEven, down) => {
    const rounded = (['half-up', 'half-even', 'down'] as const).map((mode) => roundDecimal(text, scale, mode))
    expect(rounded).toEqual([halfUp, halfEven, down])
  })

  it('is never further away than the last digit, and nearest unless it goes down', () => {
    const mode = fc.constantFrom<Rounding>('half-up', 'half-even', 'down')
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.nat(12),
        mode,
        (units, scale, rounding) => {
          const digits = String(units < 0n ? -units : units).padStart(13, '0')
          const text = `${units < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`
          const [whole = '', fraction = ''] = roundDecimal(text, scale, rounding).replace('-', '').split('.')
          const rounded = BigInt(whole + fraction.padEnd(12, '0'))
          const exact = units < 0n ? -units : units
          const distance = rounded > exact ? rounded - exact : exact - rounded
          const unit = 10n ** BigInt(12 - scale)
          expect(rounding === 'down' ? distance < unit && rounded <= exact : distance * 2n <= unit).toBe(true)
        },
      ),
    )
  })
})
