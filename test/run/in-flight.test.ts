import { expect, test } from 'vitest'
import { inFlight } from '../../src/run/in-flight.js'

async function* upTo(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) yield number
}

test.each([1, 2, 5])('what is made comes in order, at most %i at the same time', async (most) => {
  let under = 0
  let greatest = 0
  const made: number[] = []
  const work = async (number: number) => {
    under += 1
    greatest = Math.max(greatest, under)
    // The later ones are done first.
    for (let turns = 20 - number; turns > 0; turns -= 1) await Promise.resolve()
    under -= 1
    return number
  }
  for await (const number of inFlight(upTo(9), most, work)) made.push(number)
  expect(made).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(greatest).toBe(most)
})

test('a failure comes in its turn', async () => {
  const seen: number[] = []
  const fail = async (number: number) => {
    if (number === 2) throw new Error('two')
    return number
  }
  await expect(async () => {
    for await (const number of inFlight(upTo(9), 4, fail)) seen.push(number)
  }).rejects.toThrow('two')
  expect(seen).toEqual([0, 1])
})
