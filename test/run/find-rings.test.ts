import { expect, test } from 'vitest'
import { findRings, type Mover } from '../../src/run/find-rings.js'

/** `{ a: 'b' }` → the record of row a wants what row b holds; who wants nothing keeps what the row holds. */
const movers = (wishes: Record<string, string>): Mover[] =>
  Object.entries(wishes).map(([rowKey, wanted], ordinal) => ({
    ordinal,
    rowKey,
    wants: wanted.split('').map((row) => ({ key: 'slug', rowKey: row })),
    keeps: new Set(wanted === '' ? ['slug'] : []),
  }))

test.each([
  ['nobody wants anything', { a: '', b: '' }, []],
  ['a swap of two', { a: 'b', b: 'a' }, ['ab']],
  ['a ring of three', { a: 'b', b: 'c', c: 'a' }, ['abc']],
  ['several rings, in the order of their first records', { c: 'd', a: 'b', b: 'a', d: 'c' }, ['cd', 'ab']],
  ['a chain is no ring', { a: 'b', b: 'c', c: '' }, []],
  ['a chain on a ring is left out', { x: 'a', a: 'b', b: 'a' }, ['ab']],
  ['a circle that wants something else as well is not closed', { a: 'b', b: 'ac', c: '' }, []],
  ['a circle that wants the value of a row without a record is not closed', { a: 'b', b: 'az' }, []],
  ['circles that share a record are one ring', { a: 'b', b: 'ac', c: 'b' }, ['abc']],
])('%s', (_, wishes: Record<string, string>, rings) => {
  expect(findRings(movers(wishes)).map((ring) => ring.map((mover) => mover.rowKey).join(''))).toEqual(rings)
})

test('a ring is not closed where a row keeps what another one wants', () => {
  const [a, b] = movers({ a: 'b', b: 'a' }) as [Mover, Mover]
  expect(findRings([a, { ...b, keeps: new Set(['slug']) }])).toEqual([])
})

test('a ring as long as a source is found without recursion', () => {
  const many = 50_000
  const ring = Array.from({ length: many }, (_, at) => ({
    ordinal: at,
    rowKey: `r${at}`,
    wants: [{ key: 'slug', rowKey: `r${(at + 1) % many}` }],
    keeps: new Set<string>(),
  }))
  expect(findRings(ring).map((one) => one.length)).toEqual([many])
})
