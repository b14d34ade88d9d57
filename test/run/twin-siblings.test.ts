import { expect, test } from 'vitest'
import { twinSiblings } from '../../src/run/twin-siblings.js'

const pair = (ordinal: number, firstOrdinal: number, key = 'label') => ({ key, ordinal, firstOrdinal })
// Elements 0 to 2 belong to record 7, the others to record 8.
const recordOf = (ordinal: number) => (ordinal < 3 ? 7 : 8)

test.each([
  ['two of one record', [pair(1, 0)], [1]],
  ['three of one record', [pair(1, 0), pair(2, 0)], [1, 2]],
  ['two of two records, who go one after the other', [pair(3, 0)], []],
  ['two of the second record, beside one of the first', [pair(3, 0), pair(4, 0)], [4]],
  ['nobody', [], []],
])('%s', (_, collisions, ordinals) => {
  const twins = twinSiblings({ hits: [], collisions }, recordOf)
  expect(twins).toEqual(ordinals.map((ordinal) => ({ ordinal, key: 'label' })))
})
