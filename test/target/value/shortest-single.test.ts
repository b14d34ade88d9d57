import { expect, it } from 'vitest'
import { shortestSingle } from '../../../src/target/value/shortest-single.js'

it.each<[string, number, number]>([
  ['has no more digits than the float needs', Math.fround(0.1), 0.1],
  ['takes the even digit of two that are as near', 2256165.25, 2256165.2],
  ['does not answer the middle between two floats', 279729216, 279729220],
  ['answers the smallest float', 2 ** -149, 1e-45],
  ['answers the largest float', Math.fround(3.4028235e38), 3.4028235e38],
  ['answers whole numbers', 16777216, 16777216],
])('the shortest number %s', (_, single, shown) => {
  expect(shortestSingle(single)).toBe(shown)
})
