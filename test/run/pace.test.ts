import { expect, test } from 'vitest'
import { newPace } from '../../src/run/pace.js'

test('a transaction that failed is followed by one of half its size, one that did not by one of twice', () => {
  const pace = newPace()
  const seen = [pace.records]
  for (const failedRecords of [5_000, 2_500, undefined, undefined, 3]) {
    if (failedRecords === undefined) pace.succeeded()
    else pace.failed(failedRecords)
    seen.push(pace.records)
  }
  expect(seen).toEqual([Infinity, 2_500, 1_250, 2_500, 5_000, 1])
})

test('a transaction of one record cannot be smaller', () => {
  const pace = newPace()
  pace.failed(1)
  expect(pace.records).toBe(1)
})
