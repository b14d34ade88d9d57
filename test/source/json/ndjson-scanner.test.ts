import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NdjsonScanner } from '../../../src/source/json/ndjson-scanner.js'
import { jsonText, parsed } from '../json-text.js'
import { scanText } from '../scan-text.js'

const scanner = (maxElementBytes = 2 ** 20) => new NdjsonScanner('test.ndjson', { maxElementBytes })

test('each line is read as JSON.parse reads it, wherever the pieces end', () => {
  fc.assert(
    fc.property(
      fc.array(jsonText, { maxLength: 4 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (texts, lineEnd, ends) => {
        const text = texts.join(lineEnd) + (ends ? lineEnd : '')
        const lines = text.split('\n').filter((line) => /[^ \t\r]/.test(line))
        const results = lines.map(parsed)
        const refused = results.indexOf('refused')
        const expected = refused === -1 ? results : results.slice(0, refused)
        for (const pieceBytes of [Infinity, 1, 5]) {
          const { entries, fault } = scanText(scanner(), text, pieceBytes)
          expect(entries.map(({ value }) => ({ value }))).toEqual(expected)
          expect(fault === undefined).toBe(refused === -1)
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('blank lines and CRLF are accepted, and places stay those of the file', () => {
  const { entries, fault } = scanText(scanner(), '\n{"a":1}\r\n\r\n \t\n  {"a":2}  \n\n', 1)
  expect(fault).toBeUndefined()
  expect(entries).toEqual([
    { key: undefined, value: { a: 1 }, location: { file: 'test.ndjson', line: 2, column: 1, byte: 1 } },
    { key: undefined, value: { a: 2 }, location: { file: 'test.ndjson', line: 5, column: 3, byte: 17 } },
  ])
})

test('a text without lines has no records', () => {
  expect(scanText(scanner(), '')).toEqual({ entries: [], fault: undefined })
})

test.each([
  ['{"a":1}\n{"a":}\n', 2, 13, 'source.syntax'],
  ['{"a":1} {"a":2}\n', 1, 8, 'source.syntax'],
  ['[\n{"a":1}\n]', 1, 1, 'source.syntax'],
  ['{"a":1}\n{"a":', 2, 13, 'source.truncated'],
  ['{"a":1}\n{"a":"b\n', 2, 15, 'source.syntax'],
])('%j is refused at line %i, byte %i', (text, line, byte, code) => {
  for (const pieceBytes of [Infinity, 1]) {
    const { fault } = scanText(scanner(), text, pieceBytes)
    expect(fault).toMatchObject({ code, location: { line, byte } })
  }
})

test('a line that ends within a value brings the advice to say json', () => {
  expect(scanText(scanner(), '[\n1]').fault?.hint).toContain("format: 'json'")
})

test('a line beyond the limit is an error at its beginning', () => {
  for (const pieceBytes of [Infinity, 1]) {
    const { fault } = scanText(scanner(20), `1\n"${'x'.repeat(50)}"\n`, pieceBytes)
    expect(fault).toMatchObject({ code: 'source.element_too_large', location: { line: 2, byte: 2 } })
  }
})
