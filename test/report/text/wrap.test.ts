import { expect, it } from 'vitest'
import { wrap } from '../../../src/report/text/wrap.js'

it('a text is broken between words, under its mark', () => {
  expect(wrap('one two three', 9, '→ ')).toEqual(['→ one two', '  three'])
  expect(wrap('unbreakable', 4)).toEqual(['unbreakable'])
})
