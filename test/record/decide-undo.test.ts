import { expect, test } from 'vitest'
import { markOf, type AppliedMark } from '../../src/record/applied-marks.js'
import { decideRestoring, editedSinceInsert, type HeldColumn } from '../../src/record/decide-undo.js'

const text = (...readings: (string | null)[]): HeldColumn => ({ kind: 'text', readings })
const given = (value: string | null): AppliedMark => ({
  source: markOf('text', value),
  held: markOf('text', value),
})
const filled = (value: string | null): AppliedMark => ({ source: undefined, held: markOf('text', value) })

/** The run left `name: b`, `slug: y`, and `version: 2`, which it had filled in by itself. */
const marks = new Map([
  ['name', given('b')],
  ['slug', given('y')],
  ['version', filled('2')],
])
const written = ['name', 'slug', 'version']
const row = (name: string | null, slug: string, version: string) =>
  new Map([
    ['name', text(name)],
    ['slug', text(slug)],
    ['version', text(version)],
  ])

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

test.each([
  ['nothing when it is as it was inserted', row('b', 'y', '2'), {}, []],
  ['what holds something else', row('edited', 'y', '3'), {}, ['name', 'version']],
  ['nothing of a column that was not given and holds nothing', row('b', 'y', '2'), { note: null }, []],
  ['a column that was not given and holds something', row('b', 'y', '2'), { note: 'theirs' }, ['note']],
  ['nothing of a column that holds its default', row('b', 'y', '2'), { status: 'active' }, []],
  [
    'a column that holds something else than its default',
    row('b', 'y', '2'),
    { status: 'blocked' },
    ['status'],
  ],
  ['nothing where only the database knows the default', row('b', 'y', '2'), { created: 'now' }, []],
])('of an inserted row is edited: %s', (_, held, more, expected) => {
  const defaults = new Map<string, string | null>([
    ['note', null],
    ['status', 'active'],
  ])
  const others = Object.entries(more).map(([name, value]): [string, HeldColumn] => [name, text(value)])
  expect(editedSinceInsert(marks, new Map([...held, ...others]), defaults)).toEqual(expected)
})
