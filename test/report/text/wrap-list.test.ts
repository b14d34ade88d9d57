import { expect, it } from 'vitest'
import { wrapList } from '../../../src/report/text/wrap-list.js'

it('items are broken between them, and only a long one inside', () => {
  expect(wrapList(['one two', 'three four', 'five'], 12)).toEqual(['one two,', 'three four,', 'five'])
  expect(wrapList(['a', 'b', 'c'], 12)).toEqual(['a, b, c'])
  expect(wrapList(['one two three', 'x'], 8)).toEqual(['one two', 'three, x'])
  expect(wrapList([], 8)).toEqual([])
})
