import { expect, test } from 'vitest'
import { withoutOffers, withOffers } from '../../src/record/offered-numbers.js'
import { WrittenNumber } from '../../src/written-number.js'

const written = new WrittenNumber('1e400')
const offers = [{ path: ['extra', '__proto__', 1], written, value: '1e400' }]
const source = JSON.parse('{"extra":{"__proto__":[0,"text"],"b":1}}') as Record<string, unknown>

test('a number is put back where its schema saw text, under any name', () => {
  const shown = withOffers(source, offers) as typeof source
  expect(JSON.stringify(shown)).toBe('{"extra":{"__proto__":[0,"1e400"],"b":1}}')
  const restored = withoutOffers('extra', shown['extra'], offers) as object
  expect(Object.getOwnPropertyDescriptor(restored, '__proto__')?.value).toEqual([0, written])
  expect(Object.getPrototypeOf(restored)).toBe(Object.prototype)
})

test('what the schema made something else of, or moved, stays as it made it', () => {
  expect(withoutOffers('extra', { b: 1 }, offers)).toEqual({ b: 1 })
  expect(withoutOffers('extra', source['extra'], offers)).toBe(source['extra'])
  expect(withoutOffers('other', '1e400', offers)).toBe('1e400')
})
