import { expect, it } from 'vitest'
import { groupValues } from '../../../src/inspect/field/group-values.js'

it('spellings that differ by case, spaces, - and _ are one value, the most frequent spelling first', () => {
  const counts = new Map([
    ['Web Search', 2],
    ['closed', 4],
    ['web-search', 3],
    ['WEB_SEARCH', 2],
    ['api', 4],
  ])
  expect(groupValues(counts)).toEqual([
    {
      value: 'web-search',
      count: 7,
      variants: [
        { value: 'WEB_SEARCH', count: 2 },
        { value: 'Web Search', count: 2 },
      ],
    },
    { value: 'api', count: 4, variants: [] },
    { value: 'closed', count: 4, variants: [] },
  ])
})
