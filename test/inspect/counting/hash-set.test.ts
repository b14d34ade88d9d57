import { expect, it } from 'vitest'
import { HashSet } from '../../../src/inspect/counting/hash-set.js'
import { MemoryBudget } from '../../../src/inspect/counting/memory-budget.js'

const hashes = Array.from({ length: 5_000 }, (_, index) => index * 1_234_567_891)

function filled(budget: MemoryBudget): HashSet {
  const set = new HashSet(budget)
  for (const hash of hashes) {
    if (set.isFull) set.grow()
    set.add(hash)
  }
  return set
}

it('knows what was added, once each, also after it has grown', () => {
  const set = filled(new MemoryBudget(1_000_000))
  expect(set.size).toBe(5_000)
  expect(hashes.every((hash) => set.has(hash))).toBe(true)
  expect(set.has(1)).toBe(true) // zero marks an empty slot and is kept as 1
  expect(set.has(17)).toBe(false)
  expect(set.add(hashes[7]!)).toBe(false)
  expect([...set]).toHaveLength(5_000)
})

it('a copy goes its own way', () => {
  const set = filled(new MemoryBudget(1_000_000))
  const copy = set.copy()
  copy?.add(17)
  expect([copy?.has(17), copy?.size, set.has(17), set.size]).toEqual([true, 5_001, false, 5_000])
})

it('grows and is copied as far as the budget goes, and gives back what it took', () => {
  const budget = new MemoryBudget(8 * 48)
  const set = new HashSet(budget)
  expect([set.grow(), set.grow(), set.grow()]).toEqual([true, true, false])
  expect(set.copy()).toBeUndefined()
  set.release()
  expect(budget.take(8 * 48)).toBe(true)
  expect(set.size).toBe(0)
})
