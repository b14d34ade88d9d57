import { expect, test } from 'vitest'
import { referenceGroups } from '../../src/record/reference-groups.js'

const groupsOf = (references: Record<string, string[]>) =>
  referenceGroups(Object.keys(references), (name) => references[name] ?? []).map(
    ({ members, circle }) => members.toSorted().join('') + (circle ? '!' : ''),
  )

test.each<[string, Record<string, string[]>, string[]]>([
  ['without references the order stays', { b: [], a: [] }, ['b', 'a']],
  ['what is referred to comes first', { a: ['b'], b: ['c'], c: [] }, ['c', 'b', 'a']],
  ['a reference to itself is a circle of one', { a: ['a'], b: [] }, ['a!', 'b']],
  ['a circle stands together', { a: ['b'], b: ['c'], c: ['a'] }, ['abc!']],
  [
    'what refers to a circle stands outside of it',
    { x: ['a'], a: ['b'], b: ['a', 'y'], y: [] },
    ['y', 'ab!', 'x'],
  ],
  ['two circles that meet are one', { a: ['b', 'c'], b: ['a'], c: ['a'] }, ['abc!']],
  ['two ways to one thing are no circle', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, ['d', 'b', 'c', 'a']],
])('%s', (_, references, expected) => {
  expect(groupsOf(references)).toEqual(expected)
})

test('a chain may be deeper than the stack of calls', () => {
  const length = 100_000
  const groups = referenceGroups(
    Array.from({ length }, (_, index) => index),
    (index) => (index + 1 < length ? [index + 1] : []),
  )
  expect(groups[0]?.members).toEqual([length - 1])
  expect(groups).toHaveLength(length)
})
