import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWrittenNumber } from '../../../src/written-number.js'
import { jsonText, parsed } from '../json-text.js'
import { jsonScanner, scanText, type Scanned } from '../scan-text.js'

/** What the scanner should make of a text: its value, or a fault. */
function expectedOutcome(text: string): unknown {
  const expected = parsed(text)
  if (expected === 'refused') return 'any fault'
  return typeof expected.value === 'object' && expected.value !== null && !isWrittenNumber(expected.value)
    ? expected.value
    : 'source.at_not_records'
}

function outcome(scanned: Scanned, expected: unknown): unknown {
  if (scanned.fault !== undefined) return expected === 'any fault' ? expected : scanned.fault.code
  return rebuilt(scanned, Array.isArray(expected))
}

/** The document again, as `JSON.parse` would have built it of the same entries. */
function rebuilt({ entries }: Scanned, isArray: boolean): unknown {
  if (isArray) return entries.map(({ value }) => value)
  const object = {}
  for (const { key, value } of entries) {
    const own = { value, configurable: true, enumerable: true, writable: true }
    Object.defineProperty(object, key!, own)
  }
  return object
}

function facts({ entries, fault }: Scanned): unknown {
  return { entries, fault: fault && [fault.code, fault.message, fault.location] }
}

describe('against JSON.parse', () => {
  test('the records are those of JSON.parse, and what it refuses is refused', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const expected = expectedOutcome(text)
        expect(outcome(scanText(jsonScanner(), text), expected)).toEqual(expected)
      }),
      { numRuns: 3000 },
    )
  })

  test('what stands around the records is refused where JSON.parse refuses it', () => {
    fc.assert(
      fc.property(jsonText, jsonText, (before, behind) => {
        const text = `{"before":${before},"at":[1,{"x":[2]}],"behind":${behind}}`
        const { entries, fault } = scanText(jsonScanner(['at']), text)
        // Text that closes the object early can bring in a second "at".
        fc.pre(fault?.code !== 'source.duplicate_path')
        expect(fault === undefined).toBe(parsed(text) !== 'refused')
        expect(fault ?? entries.map(({ value }) => value)).toEqual(fault ?? [1, { x: [2] }])
      }),
      { numRuns: 2000 },
    )
  })

  test('records, places and errors do not depend on where the pieces end', () => {
    fc.assert(
      fc.property(jsonText, fc.boolean(), (text, isNested) => {
        const document = isNested ? `{"x":[${text}],"at":{"y":[${text}],"0":1},\n"z":{}}` : text
        const pointer = isNested ? ['at'] : []
        const whole = facts(scanText(jsonScanner(pointer), document))
        for (const bytes of [1, 2, 7]) {
          expect(facts(scanText(jsonScanner(pointer), document, bytes))).toEqual(whole)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('at', () => {
  test('a pointer leads through objects and arrays, with ~0 and ~1', () => {
    const text = '{"x":[{"skip":[9]},{"a/b~c":{"":[1,2]}}]}'
    const { entries, fault } = scanText(jsonScanner(['x', '1', 'a/b~c', '']), text)
    expect(fault).toBeUndefined()
    expect(entries.map(({ value }) => value)).toEqual([1, 2])
  })

  test('a key is compared as it reads, not as it is written', () => {
    const { entries } = scanText(jsonScanner(['users']), '{"\\u0075sers":[1]}', 1)
    expect(entries).toHaveLength(1)
  })

  test.each([
    [
      '{"a":1,"b":2}',
      ['users'],
      '\'at\' leads nowhere: expected "users" in the root, found an object with the keys "a", "b"',
    ],
    [
      '{"data":{}}',
      ['data', 'users'],
      '\'at\' leads nowhere: expected "users" in /data, found an empty object',
    ],
    ['[[],[]]', ['2'], '\'at\' leads nowhere: expected "2" in the root, found an array of 2 elements'],
    ['[[],[]]', ['01'], '\'at\' leads nowhere: expected "01" in the root, found an array of 2 elements'],
    [
      '{"data":"x"}',
      ['data', 'users'],
      '\'at\' leads nowhere: expected "users" in /data, found a string there',
    ],
  ])('%s at %j leads nowhere, and the message says what is there', (text, pointer, message) => {
    const { fault } = scanText(jsonScanner(pointer), text, 1)
    expect(fault?.code).toBe('source.at_not_found')
    expect(fault?.message).toContain(message)
  })

  test('of many keys the first ten are named', () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`k${at}`, at])))
    const { fault } = scanText(jsonScanner(['users']), text)
    expect(fault?.message).toContain('"k9" and 3 more')
    expect(fault?.message).not.toContain('k10')
  })

  test.each([
    ['"secret"', 'a string'],
    ['-17', 'a number'],
    ['true', 'a boolean'],
    ['null', 'null'],
  ])('%s holds no records', (text, kind) => {
    const { fault } = scanText(jsonScanner(['users']), `{\n"users": ${text}}`)
    expect(fault).toMatchObject({
      code: 'source.at_not_records',
      message: `test.json:2:10 (byte 11): expected the records in /users, an array or an object of them, found ${kind} there`,
      location: { file: 'test.json', line: 2, column: 10, byte: 11 },
    })
  })

  test('a step of the path that stands twice is an error', () => {
    const { entries, fault } = scanText(
      jsonScanner(['users']),
      '{"users":[1],\n"x":{"users":[2]}, "users":[3]}',
    )
    expect(entries.map(({ value }) => value)).toEqual([1])
    expect(fault).toMatchObject({
      code: 'source.duplicate_path',
      location: { line: 2, column: 20, byte: 33 },
    })
  })

  test('a key that stands twice among the records gives two records', () => {
    const { entries, fault } = scanText(jsonScanner(), '{"7":{"n":1},"7":{"n":2}}')
    expect(fault).toBeUndefined()
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ['7', { n: 1 }],
      ['7', { n: 2 }],
    ])
  })
})

describe('syntax errors', () => {
  test.each([
    ['[1,\n 2,\n]', 3, 1, 8, 'a value'],
    ['[1 2]', 1, 4, 3, 'a comma or ]'],
    ['[{"a":1,}]', 1, 9, 8, 'a key in double quotes'],
    ['[{"a":1],[2}]', 1, 8, 7, 'a comma or }'],
    ['[{"a" 1}]', 1, 7, 6, 'a colon'],
    ['[{"a":tru}]', 1, 10, 9, 'true, false or null'],
    ['[01]', 1, 3, 2, 'a comma or ]'],
    ['[1.]', 1, 4, 3, 'a digit'],
    ['[-]', 1, 3, 2, 'a digit'],
    ['[1"a"]', 1, 3, 2, 'a comma or ]'],
    ['["a\nb"]', 1, 4, 3, 'an escape'],
    ['["\\q"]', 1, 4, 3, 'after the backslash'],
    ['["\\u00g0"]', 1, 7, 6, 'four hexadecimal digits'],
    ['[1]\n[2]', 2, 1, 4, 'the end of the file'],
    ['{"a":1,\n"b" 2}', 2, 5, 12, 'a colon'],
    ['{"a":1,b:2}', 1, 8, 7, 'a key in double quotes'],
    ['x', 1, 1, 0, 'a value'],
    ['["a', 1, 4, 3, 'the file ends'],
    ['["a"', 1, 5, 4, 'the file ends'],
    ['[12', 1, 4, 3, 'the file ends'],
    ['{"a":', 1, 6, 5, 'the file ends'],
    ['', 1, 1, 0, 'found an empty file'],
    [' \n ', 2, 2, 3, 'found an empty file'],
    ['[{"a":[1}, 2', 1, 9, 8, 'a comma or ]'],
  ])('%j is refused at line %i, column %i, byte %i', (text, line, column, byte, what) => {
    for (const pieceBytes of [Infinity, 1]) {
      const { fault } = scanText(jsonScanner(), text, pieceBytes)
      expect(fault?.message).toContain(`test.json:${line}:${column} (byte ${byte}): `)
      expect(fault?.message).toContain(what)
      expect(fault?.location).toEqual({ file: 'test.json', line, column, byte })
      expect(fault?.code).toBe(
        /ends|empty/.test(what) && what !== 'the end of the file' ? 'source.truncated' : 'source.syntax',
      )
    }
  })

  test('a second document in the file brings the advice to say ndjson or concatenated', () => {
    const { fault } = scanText(jsonScanner(), '{"a":{}}\n{"a":{}}')
    expect(fault?.hint).toContain("format: 'ndjson'")
    expect(fault?.hint).toContain("format: 'concatenated'")
  })

  test('the records before an error are handed out', () => {
    const { entries, fault } = scanText(jsonScanner(), '[{"n":1}, {"n":2}, {"n":}, {"n":4}]')
    expect(entries.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }])
    expect(fault?.location?.byte).toBe(24)
  })
})

describe('large elements', () => {
  test('an element beyond the limit is an error at its beginning, however the pieces end', () => {
    const text = `[1,\n{"text":"${'x'.repeat(100)}"}, 2]`
    for (const pieceBytes of [Infinity, 1, 16]) {
      const { entries, fault } = scanText(jsonScanner([], 50), text, pieceBytes)
      expect(entries).toHaveLength(1)
      expect(fault).toMatchObject({ code: 'source.element_too_large', location: { line: 2, byte: 4 } })
    }
  })

  test('an element of exactly the limit is read', () => {
    expect(scanText(jsonScanner([], 10), '["12345678"]', 1).entries).toHaveLength(1)
    expect(scanText(jsonScanner([], 9), '["12345678"]', 1).fault?.code).toBe('source.element_too_large')
  })

  test('a quote that is missing is reported where the text breaks, not as a large element', () => {
    const text = `[{"a":"x},\n${'{"a":"x"},\n'.repeat(20)}1]`
    const { fault } = scanText(jsonScanner([], 50), text, 16)
    expect(fault).toMatchObject({ code: 'source.syntax', location: { line: 1, byte: 10 } })
  })

  test('the limit does not hold for what stands beside the records', () => {
    const { entries } = scanText(jsonScanner(['at'], 20), `{"x":["${'x'.repeat(100)}"],"at":[1]}`, 3)
    expect(entries).toHaveLength(1)
  })
})

test('each record knows the line, the column and the byte where it begins', () => {
  const { entries } = scanText(jsonScanner(), '{\n "é": {"x":\n1},\n\n  "b": [2] }', 1)
  expect(entries.map(({ location }) => [location.line, location.column, location.byte])).toEqual([
    [2, 8, 9],
    [5, 8, 27],
  ])
})
