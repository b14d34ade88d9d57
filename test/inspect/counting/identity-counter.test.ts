import { expect, it } from 'vitest'
import { IdentityCounter } from '../../../src/inspect/counting/identity-counter.js'
import { MemoryBudget } from '../../../src/inspect/counting/memory-budget.js'
import { scanText } from '../../../src/inspect/text/scan-text.js'

function count(values: readonly string[], budget = new MemoryBudget(10_000_000)): IdentityCounter {
  const counter = new IdentityCounter(budget)
  for (const value of values) counter.add(scanText(value).hash, scanText(value.trim().toLowerCase()).hash)
  return counter
}

it.each([
  [['a', 'b', 'c'], 0, 0],
  [['a', 'b', 'a'], 1, 1],
  [['ada@x.org', 'ADA@X.org', ' ada@x.org ', 'bo@x.org'], 0, 2],
  [['A', 'a', 'A'], 1, 2],
  [[], 0, 0],
])('%j has %d duplicates, and %d without case and spaces', (values, duplicates, folded) => {
  expect(count(values).result).toMatchObject({ duplicates, folded: { count: folded, exact: true } })
})

it('what repeats itself from the beginning is not counted twice', () => {
  const counter = count(Array.from({ length: 10_000 }, (_, index) => `Name ${index % 50}`))
  expect(counter.isFolding).toBe(false)
  expect(counter.result).toMatchObject({ duplicates: 9_950, folded: undefined })
})

it('without room for a second set that count is left out', () => {
  expect(count(['a', 'B'], new MemoryBudget(0)).result).toMatchObject({ duplicates: 0, folded: undefined })
})
