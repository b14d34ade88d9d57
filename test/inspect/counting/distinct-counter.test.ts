import { expect, it } from 'vitest'
import { DistinctCounter } from '../../../src/inspect/counting/distinct-counter.js'
import { MemoryBudget } from '../../../src/inspect/counting/memory-budget.js'
import { scanText } from '../../../src/inspect/text/scan-text.js'

function count(values: Iterable<string>, bytes: number): DistinctCounter {
  const counter = new DistinctCounter(new MemoryBudget(bytes))
  for (const value of values) counter.add(scanText(value).hash)
  return counter
}

/** Each number so many times in a row. */
function* numbers(total: number, times = 1): Generator<string> {
  for (let index = 0; index < total; index += 1) yield String(Math.floor(index / times))
}

it('is exact while the values are new and there is room for them', () => {
  const counter = count(numbers(300_000), 8_000_000)
  expect(counter.distinct).toEqual({ count: 300_000, exact: true })
  expect(counter.hashes?.size).toBe(300_000)
})

it('is an estimate of bounded size where the budget ends, and keeps some of the hashes', () => {
  const budget = new MemoryBudget(1_000_000)
  const counter = new DistinctCounter(budget)
  for (const value of numbers(300_000)) counter.add(scanText(value).hash)
  expect(counter.distinct.exact).toBe(false)
  expect(counter.distinct.count).toBeGreaterThan(290_000)
  expect(counter.distinct.count).toBeLessThan(310_000)
  expect(counter.hashes).toBeUndefined()
  expect([...counter.sample]).toHaveLength(1_024)
  // All that the table took has been given back.
  expect(budget.take(1_000_000)).toBe(true)
})

it('values that come again and again are not worth the room of a key', () => {
  expect(count(numbers(600_000, 6), 100_000_000).distinct.exact).toBe(false)
  expect(count(numbers(200_000, 20), 100_000_000).distinct).toEqual({ count: 10_000, exact: true })
})

it('an estimate is never more than what was added', () => {
  const counter = count(numbers(3_000), 100_000_000)
  counter.release()
  expect(counter.distinct.count).toBeLessThanOrEqual(3_000)
})
