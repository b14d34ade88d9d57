import { expect, test } from 'vitest'
import { markOf } from '../../src/record/applied-marks.js'
import { decideRestoring } from '../../src/record/decide-restoring.js'
import { marks, row, text } from './written-row.js'

const written = ['name', 'slug', 'version']

test.each([
  ['all of them where nobody was since', row('b', 'y', '2'), { restored: written, edited: [], heldBack: [] }],
  [
    'those that nobody edited, and the version stays where something stays',
    row('edited', 'y', '2'),
    { restored: ['slug'], edited: ['name'], heldBack: ['version'] },
  ],
  [
    'those that nobody edited, null being an edit too',
    row(null, 'y', '3'),
    { restored: ['slug'], edited: ['name', 'version'], heldBack: [] },
  ],
  [
    'all but the version where that alone has moved',
    row('b', 'y', '3'),
    { restored: ['name', 'slug'], edited: ['version'], heldBack: [] },
  ],
])('columns take back what they held: %s', (_, held, expected) => {
  expect(decideRestoring(written, marks, held)).toEqual(expected)
})

test('a column of which nothing was noted takes back what it held', () => {
  expect(decideRestoring(['other'], marks, new Map([['other', text('x')]]))).toMatchObject({
    restored: ['other'],
  })
  expect(
    decideRestoring(['name'], new Map([['name', { source: 'x', held: undefined }]]), row('x', 'y', '2')),
  ).toMatchObject({ restored: ['name'] })
})

test('a column that is not there any more is nobody’s edit', () => {
  expect(decideRestoring(['name'], marks, new Map())).toEqual({
    restored: ['name'],
    edited: [],
    heldBack: [],
  })
})

test('a value counts as left alone when one of its readings is what was noted', () => {
  const open = new Map([['open', { source: markOf('boolean', 'true'), held: markOf('boolean', 'true') }]])
  const holds = (...readings: string[]) => new Map([['open', { kind: 'integer', readings }]])
  expect(decideRestoring(['open'], open, holds('1', 'true')).edited).toEqual([])
  expect(decideRestoring(['open'], open, holds('0', 'false')).edited).toEqual(['open'])
})
