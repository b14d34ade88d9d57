import { expect, test } from 'vitest'
import { readAhead } from '../../src/run/read-ahead.js'

test('the next item is asked for while the one before it is in use', async () => {
  const asked: number[] = []
  async function* numbers() {
    for (let number = 1; number <= 3; number += 1) {
      asked.push(number)
      yield number
    }
  }
  const seen: unknown[] = []
  for await (const number of readAhead(numbers())) {
    await Promise.resolve()
    seen.push([number, [...asked]])
  }
  expect(seen).toEqual([
    [1, [1, 2]],
    [2, [1, 2, 3]],
    [3, [1, 2, 3]],
  ])
})

test('a failure comes in its turn, after what was read before it', async () => {
  async function* failing() {
    yield 1
    throw new Error('broken')
  }
  const seen: number[] = []
  await expect(
    (async () => {
      for await (const number of readAhead(failing())) seen.push(number)
    })(),
  ).rejects.toThrow('broken')
  expect(seen).toEqual([1])
})

test('who leaves early closes what is read', async () => {
  let closed = false
  async function* endless() {
    try {
      for (;;) yield 1
    } finally {
      closed = true
    }
  }
  for await (const _ of readAhead(endless())) break
  expect(closed).toBe(true)
})
