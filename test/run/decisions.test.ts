import { expect, test } from 'vitest'
import { newDecisions } from '../../src/run/decisions.js'

type Noted = readonly [key: string, facts: readonly unknown[], isChange?: boolean]

const notes: Noted[] = [
  ['1', ['insert', [['name', 'Ada']]]],
  ['2', ['unchanged'], false],
  ['3', ['reject', 'ambiguous', undefined]],
  ['1', ['update', [['org', null, 'x']]]],
]

function decided(given: readonly Noted[], salt = 'salt') {
  const decisions = newDecisions(salt)
  for (const [key, facts, isChange = true] of given) decisions.note('p', key, facts, isChange)
  return decisions.decidedOf('p')
}

test('the order of decisions does not count', () => {
  expect(decided(notes.toReversed()).digest).toBe(decided(notes).digest)
  expect(new Map(decided(notes.toReversed()).records)).toEqual(new Map(decided(notes).records))
})

test.each<[string, readonly Noted[]]>([
  ['one that is missing', notes.slice(1)],
  ['one that comes twice', [...notes, notes[1] as Noted]],
  ['another value', [['1', ['insert', [['name', 'Eve']]]], ...notes.slice(1)]],
  ['another key', [['4', notes[0]?.[1] ?? []], ...notes.slice(1)]],
  ['another record left as it is', [notes[0] as Noted, ['9', ['unchanged'], false], ...notes.slice(2)]],
])('%s is another plan', (_, others) => {
  expect(decided(others).digest).not.toBe(decided(notes).digest)
})

test('only records that are not left as they are have a hash of their own', () => {
  expect(decided(notes).records?.size).toBe(2)
  expect(decided([['2', ['unchanged'], false]]).records?.size).toBe(0)
})

test('with another salt every hash is another', () => {
  const [one, other] = [decided(notes), decided(notes, 'other')]
  expect(other.digest).not.toBe(one.digest)
  expect([...(other.records?.keys() ?? [])].filter((key) => one.records?.has(key))).toEqual([])
})

test('a key is known by its hash, that of an unchanged record where it is watched', () => {
  const first = newDecisions('salt')
  first.note('p', '2', ['insert'], true)
  const { records } = first.decidedOf('p')
  const [hashOf2 = ''] = records?.keys() ?? []
  expect(first.keyOf('p', hashOf2)).toBe('2')
  const second = newDecisions('salt', () => records)
  second.note('p', '2', ['unchanged'], false)
  second.note('p', '3', ['unchanged'], false)
  expect(second.keyOf('p', hashOf2)).toBe('2')
  expect(newDecisions('salt').keyOf('p', hashOf2)).toBeUndefined()
})

test('past 100,000 changes there is the digest alone', () => {
  const decisions = newDecisions('salt')
  for (let index = 0; index < 100_000; index++) decisions.note('p', String(index), ['insert'], true)
  expect(decisions.decidedOf('p').records?.size).toBe(100_000)
  decisions.note('p', 'one more', ['insert'], true)
  const { digest, records } = decisions.decidedOf('p')
  expect(records).toBeNull()
  expect(digest).toMatch(/^[0-9a-f]{32}$/)
})

test('what a function gives is told by its values, whatever they are', () => {
  const given = (...values: unknown[]) => {
    const decisions = newDecisions('salt')
    for (const value of values) decisions.noteGiven('p', value)
    return decisions.decidedOf('p').given
  }
  const circle: unknown[] = []
  circle.push(circle)
  expect(given({ id: 1n }, circle, undefined)).toBe(given(circle, undefined, { id: 1n }))
  expect(given({ id: 1n })).not.toBe(given({ id: 2n }))
  expect(given()).toBeNull()
})
