import { expect, it } from 'vitest'
import { cutWidth } from '../../../src/report/text/cut-width.js'

it.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['大森光学', 8, '大森光学'],
  ['大森光学', 7, '大森光…'],
  ['大森光学', 6, '大森…'],
])('%s in %d cells is %s', (text, width, cut) => {
  expect(cutWidth(text, width)).toBe(cut)
})
