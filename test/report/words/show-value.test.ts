import { describe, expect, it } from 'vitest'
import { cut, cutPair } from '../../../src/report/words/cut.js'
import { showValue } from '../../../src/report/words/show-value.js'

describe('values that look alike are told apart', () => {
  it.each([
    [null, 'null'],
    ['null', "'null'"],
    ['', "''"],
    [' a', "' a'"],
    ['a', 'a'],
    ['one\ntwo', 'one⏎two'],
    ['\u001b[31mred', '[31mred'],
  ])('%j is shown as %s', (value, shown) => expect(showValue(value)).toBe(shown))
})

it('a long value is cut at sixty characters, and never through one', () => {
  expect(cut('x'.repeat(60))).toBe('x'.repeat(60))
  expect(cut('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`)
  expect(cut('👍'.repeat(61))).toBe(`${'👍'.repeat(59)}…`)
})

it('of two long values that begin alike the difference is shown', () => {
  const same = 'x'.repeat(100)
  expect(cutPair(`${same}old`, `${same}new`)).toEqual([`…${'x'.repeat(15)}old`, `…${'x'.repeat(15)}new`])
  expect(cutPair('old', 'new')).toEqual(['old', 'new'])
  expect(cutPair(same, 'new')).toEqual([cut(same), 'new'])
})
