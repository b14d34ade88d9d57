import { expect, it } from 'vitest'
import { stripControls } from '../../src/report/strip-controls.js'

it.each([
  ['a colour', '\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['a C1 introducer', '\u009b2Jgone', '2Jgone'],
  ['DEL and NUL', 'a\u007fb\u0000c', 'abc'],
  ['a bidi override', 'exe.\u202egpj', 'exe.gpj'],
  ['bidi isolates and marks', '\u2066a\u2069\u200f\u061c', 'a'],
  ['zero width characters', 'ad\u200bmin\ufeff', 'admin'],
  ['line ends and tabs', 'one\r\ntwo\tthree', 'one two three'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
])('takes %s out of legacy text', (_what, legacy, shown) => {
  expect(stripControls(legacy)).toBe(shown)
})

it('leaves every ordinary text as it is', () => {
  for (const text of ['Zoë', 'مرحبا', '東京', '👩🏽‍💻', 'a b']) expect(stripControls(text)).toBe(text)
})
