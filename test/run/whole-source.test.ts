import { expect, test } from 'vitest'
import { countNotes } from '../../src/run/enum-counts.js'
import { countWarning, newTally } from '../../src/run/tally.js'
import { countWhole, isSteady, readWhole, sameFiles, writeWhole } from '../../src/run/whole-source.js'

const files = [
  { path: 'a.json', bytes: 1, sha256: '1' },
  { path: 'b.json', bytes: 2, sha256: '2' },
]

test('what a source came to is what it comes to again: what was inserted or updated is unchanged', () => {
  const tally = newTally()
  tally.records = 6
  Object.assign(tally.outcomes, { inserted: 1, updated: 2, unchanged: 1, duplicate: 1, skipped: 1 })
  countNotes(tally.enums, [{ column: 'state', match: { legacy: 'on', via: 'alias', value: 'active' } }], 3)
  const again = newTally()
  countWhole(again, readWhole(writeWhole({ files, entries: 4 }, tally, () => false)))
  expect(again.outcomes).toMatchObject({ inserted: 0, updated: 0, unchanged: 4, duplicate: 1, skipped: 1 })
  expect(again).toMatchObject({ records: 6, untouched: 6 })
  expect(again.enums).toEqual(tally.enums)
})

test('of a sensitive enum no value is kept, and how often each way was taken is', () => {
  const tally = newTally()
  countNotes(tally.enums, [{ column: 'faith', match: { legacy: 'secret', via: 'alias', value: 'hidden' } }])
  countNotes(tally.enums, [{ column: 'faith', match: { legacy: 'other', via: 'exact', value: 'other' } }])
  const text = writeWhole({ files, entries: 0 }, tally, (column) => column === 'faith')
  expect(text).not.toMatch(/secret|hidden|other/)
  const again = newTally()
  countWhole(again, readWhole(text))
  const ways = [...(again.enums.get('faith')?.values.values() ?? [])].map(({ match, count }) => [
    match.via,
    count,
  ])
  expect(ways).toEqual([
    ['alias', 1],
    ['exact', 1],
  ])
})

test.each([
  ['the same files', files, true],
  ['another order', files.toReversed(), false],
  ['one less', files.slice(1), false],
  ['one more', [...files, { path: 'c.json', bytes: 3, sha256: '3' }], false],
  ['another content', [files[0], { ...files[1], sha256: '3' }] as typeof files, false],
  ['another name', [files[0], { ...files[1], path: 'c.json' }] as typeof files, false],
])('%s', (_, found, same) => {
  expect(sameFiles({ files, records: 0, entries: 0, outcomes: newTally().outcomes, enums: [] }, found)).toBe(
    same,
  )
})

test('what was rejected, kept, removed or warned of may come out otherwise the next time', () => {
  expect(isSteady(newTally())).toBe(true)
  for (const outcome of ['rejected', 'kept', 'removed'] as const) {
    const tally = newTally()
    tally.outcomes[outcome] = 1
    expect(isSteady(tally)).toBe(false)
  }
  const unused = newTally()
  countWarning(unused, 'key_unused', undefined, 'a_key')
  expect(isSteady(unused)).toBe(true)
  const empty = newTally()
  countWarning(empty, 'missing_reference', 'team')
  expect(isSteady(empty)).toBe(false)
})
