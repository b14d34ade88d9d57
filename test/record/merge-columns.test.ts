import { expect, test } from 'vitest'
import { markOf, noMarks, parseMarks, printMarks } from '../../src/record/applied-marks.js'
import { mergeColumns, mergedMarks, type ColumnState } from '../../src/record/merge-columns.js'

/** A column whose source gives `given` and whose row holds `held`. */
function column(given: string | null, held: string | null, more: Partial<ColumnState> = {}): ColumnState {
  const current = given === held ? undefined : { text: held }
  return { name: 'name', kind: 'text', given, current, untouched: held === null, ...more }
}

/** What the ledger has after the source gave `source` and the row held `held`. */
function applied(source: string | null, held: string | null = source) {
  return new Map([['name', { source: markOf('text', source), held: markOf('text', held) }]])
}

const nothing = { changed: [], conflicts: [] }
const change = { changed: ['name'], conflicts: [] }
const conflict = { changed: [], conflicts: ['name'] }

test.each([
  ['nobody changed anything: nothing', applied('a'), column('a', 'a'), nothing],
  ['the source changed alone: changed', applied('a'), column('b', 'a'), change],
  ['the target changed alone: left alone', applied('a'), column('a', 'x'), nothing],
  ['both changed to the same: nothing', applied('a'), column('b', 'b'), nothing],
  ['both changed: conflict', applied('a'), column('b', 'x'), conflict],
  ['the target was emptied, the source changed: conflict', applied('a'), column('b', null), conflict],
  [
    'a trigger rewrote what was applied, the source changed: changed',
    applied('A', 'a'),
    column('B', 'a'),
    change,
  ],
  [
    'a trigger rewrote what was applied, the source did not: nothing',
    applied('A', 'a'),
    column('A', 'a'),
    nothing,
  ],
  [
    'the row held another value all along, the source changed: conflict',
    applied('a', 'z'),
    column('b', 'x'),
    conflict,
  ],
  ['the column is new and the row holds nothing: changed', noMarks, column('b', null), change],
  [
    'the column is new and the row holds its default: changed',
    noMarks,
    column('b', 'd', { untouched: true }),
    change,
  ],
  ['the column is new and somebody put a value there: conflict', noMarks, column('b', 'x'), conflict],
  [
    'the column was seen and never applied, the source changed: conflict',
    parseMarks(JSON.stringify({ name: `${markOf('text', 'a')}/` })),
    column('b', 'x'),
    conflict,
  ],
])('%s', (_, marks, state, expected) => {
  expect(mergeColumns([state], marks)).toEqual(expected)
})

test('a column that was kept is a conflict again when the source changes again', () => {
  const kept = mergedMarks([column('b', 'x')], applied('a'), new Set())
  expect(mergeColumns([column('b', 'x')], kept)).toEqual(nothing)
  expect(mergeColumns([column('c', 'x')], kept)).toEqual(conflict)
  expect(mergeColumns([column('c', 'c')], kept)).toEqual(nothing)
})

test('a column that was written holds what the source gave', () => {
  const written = mergedMarks([column('b', 'a')], applied('a'), new Set(['name']))
  expect(mergeColumns([column('c', 'b')], written)).toEqual(change)
})

test('marks are printed and read again', () => {
  const marks = new Map([
    ['same', { source: 'aaaaaaaa', held: 'aaaaaaaa' }],
    ['rewritten', { source: 'aaaaaaaa', held: '-' }],
    ['kept', { source: '-', held: undefined }],
    ['filled', { source: undefined, held: 'bbbbbbbb' }],
  ])
  const text = printMarks(marks)
  expect(JSON.parse(text)).toEqual({
    same: 'aaaaaaaa',
    rewritten: 'aaaaaaaa/-',
    kept: '-/',
    filled: '/bbbbbbbb',
  })
  expect(parseMarks(text)).toEqual(marks)
  expect(parseMarks(null)).toEqual(noMarks)
})

test.each([
  ['numeric', '1.50', '1.5', true],
  ['numeric', '2.00', '2', true],
  ['numeric', '200', '2', false],
  ['text', '1.50', '1.5', false],
] as const)('of %s %s and %s have one mark: %s', (kind, one, other, same) => {
  expect(markOf(kind, one) === markOf(kind, other)).toBe(same)
})
