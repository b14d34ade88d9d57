import { expect, it } from 'vitest'
import { percent } from '../../../src/report/words/percent.js'

it.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.5, '50 %'],
  [0.99999, '99.9 %'],
  [0.982, '98 %'],
  [0.9932, '99.3 %'],
  [0.004, '0.4 %'],
  [0.000001, '0.1 %'],
])('%d is %s: all and nothing are only said when it is all or nothing', (share, text) => {
  expect(percent(share)).toBe(text)
})
