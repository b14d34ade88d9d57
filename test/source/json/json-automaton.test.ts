import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonAutomaton } from '../../../src/source/json/json-automaton.js'
import { jsonText, parsed } from '../json-text.js'

function accepts(text: string, pieceBytes: number): boolean {
  const bytes = Buffer.from(text)
  const automaton = new JsonAutomaton()
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    automaton.run(bytes.subarray(from, from + pieceBytes), 0)
    if (automaton.event === 'refused') return false
  }
  return automaton.isComplete
}

test('the automaton accepts what JSON.parse accepts and refuses what it refuses, whole and byte by byte', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const expected = parsed(text) !== 'refused'
      expect(accepts(text, Infinity)).toBe(expected)
      expect(accepts(text, 1)).toBe(expected)
    }),
    { numRuns: 3000 },
  )
})

test('every number, literal and escape is accepted or refused as JSON.parse does', () => {
  const texts = [
    [
      '0',
      '-0',
      '01',
      '-',
      '-a',
      '1.',
      '.1',
      '1.0',
      '1e',
      '1e+',
      '1e+1',
      '1E-01',
      '+1',
      '1_0',
      '0x1',
      'NaN',
      'Infinity',
    ],
    ['true', 'tru', 'truee', 'TRUE', 'false', 'null', 'nul', 'nulll', 'undefined', '', ' ', '"', '""', "''"],
    [
      '"\\u12aF"',
      '"\\u12g4"',
      '"\\u123"',
      '"\\x"',
      '"\\/"',
      '"\t"',
      '"\u007f"',
      '"\\ud800"',
      '\u00a01',
      '\ufeff1',
    ],
    [
      '[]',
      '[,]',
      '[1,]',
      '[1 2]',
      '[1,,2]',
      '[]]',
      '[}',
      '{]',
      '{}',
      '{,}',
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '{a:1}',
    ],
    ['{"a":1 "b":2}', '{"a":1}{', '{1:1}', '{"a" 1}', '[1]x', '/**/1', '1//', '[1}', '{"a":[1}]'],
  ].flat()
  for (const text of texts) expect([text, accepts(text, 1)]).toEqual([text, parsed(text) !== 'refused'])
})

test('nesting has no limit', () => {
  expect(accepts('['.repeat(200_000) + ']'.repeat(200_000), Infinity)).toBe(true)
})
