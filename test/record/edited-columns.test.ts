import { expect, test } from 'vitest'
import { markOf } from '../../src/record/applied-marks.js'
import { editedColumns, editedSinceInsert, type HeldColumn } from '../../src/record/edited-columns.js'
import { marks, row, text } from './written-row.js'

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

test.each([
  ['nothing when it holds what was noted', row('b', 'y', '2'), []],
  ['what holds something else, null too', row(null, 'y', '3'), ['name', 'version']],
  [
    'nothing of a column that nothing was noted of',
    new Map([...row('b', 'y', '2'), ['note', text('theirs')]]),
    [],
  ],
  ['nothing of a column that is not there any more', new Map([['slug', text('y')]]), []],
])('of a row that was found is edited: %s', (_, held, expected) => {
  expect(editedColumns(marks, held)).toEqual(expected)
})

test('a column is edited that keeps what somebody had put there before the source could', () => {
  const kept = new Map([...marks, ['slug', { source: markOf('text', 'y'), held: undefined }]])
  expect(editedColumns(kept, row('b', 'theirs', '2'))).toEqual(['slug'])
})
