import { expect, test } from 'vitest'
import { newHope } from '../../src/run/hope.js'

/** Which of so many batches are tried when every try ends like that. */
function tried(hope: ReturnType<typeof newHope>, batches: number, outcome: 'worked' | 'failed'): number[] {
  return Array.from({ length: batches }, (_, index) => index).filter(() => {
    const isTried = hope.isWorthATry()
    if (isTried) hope[outcome]()
    return isTried
  })
}

test('what works is tried with every batch', () => {
  expect(tried(newHope(), 4, 'worked')).toEqual([0, 1, 2, 3])
})

test('what fails is tried again after one batch, two, four, up to 64', () => {
  expect(tried(newHope(), 400, 'failed')).toEqual([0, 2, 5, 10, 19, 36, 69, 134, 199, 264, 329, 394])
})

test('what works again is tried with every batch again', () => {
  const hope = newHope()
  tried(hope, 6, 'failed')
  expect(tried(hope, 10, 'worked')).toEqual([4, 5, 6, 7, 8, 9])
  expect(tried(hope, 3, 'worked')).toEqual([0, 1, 2])
})
