import { expect, test } from 'vitest'
import { measureProgress } from '../../src/run/progress-meter.js'

const facts = {
  pipeline: 'people',
  index: 1,
  count: 2,
  records: 500,
  rejected: 3,
  bytesRead: 25,
  totalBytes: 100,
  elapsedMs: 2_000,
}

test('a quarter of the bytes in two seconds leaves six', () => {
  expect(measureProgress(facts)).toMatchObject({ fraction: 0.25, recordsPerSecond: 250, remainingMs: 6_000 })
})

test('a source of unknown size has no end in sight', () => {
  expect(measureProgress({ ...facts, totalBytes: undefined })).toMatchObject({
    fraction: undefined,
    remainingMs: undefined,
  })
})

test('nothing is divided by zero', () => {
  expect(measureProgress({ ...facts, bytesRead: 0, elapsedMs: 0 })).toMatchObject({
    recordsPerSecond: 0,
    remainingMs: undefined,
  })
})
