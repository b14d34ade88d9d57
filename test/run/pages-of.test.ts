import { expect, test } from 'vitest'
import { pagesOf } from '../../src/run/pages-of.js'

test.each([
  ['nothing is no page', [], 2, []],
  ['the last page may be shorter', [1, 2, 3], 2, [[1, 2], [3]]],
  [
    'what fits is whole pages',
    [1, 2, 3, 4],
    2,
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['less than a page is one', [1], 5, [[1]]],
])('%s', (_, items, size, pages) => {
  expect([...pagesOf<number>(items, size)]).toEqual(pages)
})
