import { expect, test } from 'vitest'
import { newKeyTable } from '../../src/run/key-table.js'

test('a text keeps the first number it was given', () => {
  const table = newKeyTable()
  expect(table.get('a')).toBeUndefined()
  expect(table.add('a', 0)).toBe(0)
  expect(table.add('a', 7)).toBe(0)
  expect(table.get('a')).toBe(0)
  expect(table.get('b')).toBeUndefined()
})

test('each of many texts has its own number, those that look alike too', () => {
  const table = newKeyTable()
  const texts = Array.from({ length: 50_000 }, (_, index) => `${index}`)
  expect(texts.map((text, index) => table.add(text, index))).toEqual(texts.map(Number))
  expect(texts.map((text) => table.get(text))).toEqual(texts.map(Number))
  const others = texts.map((text) => ` ${text}`)
  expect(new Set(others.map((text) => table.get(text)))).toEqual(new Set([undefined]))
})

test('the empty text, a lone surrogate and the greatest number', () => {
  const table = newKeyTable()
  expect(table.add('', 2 ** 32 - 2)).toBe(2 ** 32 - 2)
  expect(table.get('')).toBe(2 ** 32 - 2)
  table.add('\ud800', 1)
  expect(table.get('\ud800')).toBe(1)
  expect(table.get('\ud801')).toBeUndefined()
})
