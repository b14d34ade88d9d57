import { expect, test } from 'vitest'
import { orderByNeed } from '../../src/run/order-by-need.js'

test.each([
  ['those that need nobody stay as they are', 'cab', {}, 'cab'],
  ['whoever is needed goes first', 'abc', { a: 'b', b: 'c' }, 'cba'],
  ['also where several need one', 'abcd', { a: 'd', c: 'd' }, 'dabc'],
  ['a circle keeps its order as far as it can', 'abc', { a: 'b', b: 'a' }, 'bac'],
])('%s', (_, given, needs: Record<string, string>, expected) => {
  expect(orderByNeed(given.split(''), (item) => (needs[item] ?? '').split('')).join('')).toBe(expected)
})

test('a chain as long as a source is ordered without recursion', () => {
  const chain = Array.from({ length: 50_000 }, (_, at) => at)
  const ordered = orderByNeed(chain, (at) => (at + 1 < chain.length ? [at + 1] : []))
  expect(ordered).toEqual(chain.toReversed())
})
