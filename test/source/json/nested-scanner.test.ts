import { describe, expect, test } from 'vitest'
import { parseJsonPointer } from '../../../src/source/json/json-pointer.js'
import { newListSearch } from '../../../src/source/json/list-search.js'
import { NestedScanner } from '../../../src/source/json/nested-scanner.js'
import { parseElements } from '../../../src/source/parse-elements.js'
import type { RawRecord } from '../../../src/source/raw-record.js'

function scan(
  at: string,
  text: string,
  { pieceBytes = Infinity, maxElementBytes = 2 ** 20, isConcatenated = false } = {},
) {
  const search = newListSearch()
  const pointer = parseJsonPointer(at)
  const scanner = new NestedScanner('test.json', { pointer, maxElementBytes, isConcatenated, search })
  const bytes = Buffer.from(text)
  const records: RawRecord[] = []
  const faults: Error[] = []
  const take = () => {
    const taken = parseElements(scanner, records.length, {})
    records.push(...taken.records)
    if (taken.fault !== undefined) faults.push(taken.fault)
    return taken.fault === undefined
  }
  let from = 0
  do scanner.push(bytes.subarray(from, from + pieceBytes))
  while (take() && (from += pieceBytes) < bytes.length)
  if (faults.length === 0) {
    scanner.end()
    take()
  }
  const [fault] = faults
  return { records, values: records.map(({ value }) => value), fault, search }
}

const parents = (records: RawRecord[]) => records.map(({ surroundings }) => surroundings.$parent)

describe('a step that is every element', () => {
  test('the lists of all elements are one source, with the fields around each list wherever they stand', () => {
    const text =
      '{"v": 1, "teams": [{"id": 1, "users": [{"n": "a"}, {"n": "b"}], "name": "x"}, {"users": [{"n": "c"}], "id": 2}]}'
    for (const pieceBytes of [Infinity, 1, 7]) {
      const { values, records, fault } = scan('/teams/*/users', text, { pieceBytes })
      expect(fault).toBeUndefined()
      expect(values).toEqual([{ n: 'a' }, { n: 'b' }, { n: 'c' }])
      expect(parents(records)).toEqual([{ id: 1, name: 'x' }, { id: 1, name: 'x' }, { id: 2 }])
    }
  })

  test('objects with keys are met like arrays, and the keys are $key and $parent.$key', () => {
    const { records } = scan('/*/users', '{"a": {"id": 1, "users": {"x": {"n": 1}, "y": {"n": 2}}}}')
    expect(records.map(({ surroundings }) => surroundings)).toEqual([
      { $key: 'x', $parent: { id: 1, $key: 'a' } },
      { $key: 'y', $parent: { id: 1, $key: 'a' } },
    ])
  })

  test('at the end of the path, every element is a list', () => {
    const { values, records } = scan('/*', '{"admins": [1, 2], "guests": {"x": 3}}')
    expect(values).toEqual([1, 2, 3])
    expect(records.map(({ surroundings }) => surroundings)).toEqual([
      { $parent: { $key: 'admins' } },
      { $parent: { $key: 'admins' } },
      { $key: 'x', $parent: { $key: 'guests' } },
    ])
  })

  test('several of them nest, and each parent has its own', () => {
    const text =
      '[{"id": 1, "teams": {"t": {"name": "T", "users": [7, 8]}, "u": {"users": []}}}, {"id": 2, "teams": {}}]'
    const { values, records } = scan('/*/teams/*/users', text)
    expect(values).toEqual([7, 8])
    expect(parents(records)).toEqual([
      { name: 'T', $key: 't', $parent: { id: 1 } },
      { name: 'T', $key: 't', $parent: { id: 1 } },
    ])
    expect(scan('/*/*', '[[[1], [2]], [[3]]]').values).toEqual([1, 2, 3])
  })

  test('the way from the element to the list may be long, and what stands beside it stays', () => {
    const { records } = scan('/*/a/0/list', '[{"a": [{"list": [1], "x": 2}, 3], "b": 4}]')
    expect(parents(records)).toEqual([{ a: [{ x: 2 }, 3], b: 4 }])
    expect(parents(scan('/*/1', '[["name", [1]]]').records)).toEqual([{ 0: 'name' }])
    expect(parents(scan('/*/a/0', '[{"a": [[1], 3]}]').records)).toEqual([{ a: [null, 3] }])
  })

  test('it goes into every document of several', () => {
    const text = '{"teams": [{"id": 1, "users": [1]}]}\n{"teams": [{"id": 2, "users": [2, 3]}]}'
    const { values, records } = scan('/teams/*/users', text, { isConcatenated: true, pieceBytes: 1 })
    expect(values).toEqual([1, 2, 3])
    expect(parents(records)).toEqual([{ id: 1 }, { id: 2 }, { id: 2 }])
  })

  test('each record knows its line, column and byte in the file', () => {
    const text = '[\n {"id": 1,\n  "users": [{"n": "é"},\n   {"n": 2}]},\n {"users": [{"n": 3}]}]'
    for (const pieceBytes of [Infinity, 1]) {
      const { records } = scan('/*/users', text, { pieceBytes })
      for (const { location } of records)
        expect(
          Buffer.from(text)
            .subarray(location!.byte, location!.byte + 4)
            .toString(),
        ).toBe('{"n"')
      expect(records.map(({ location }) => [location!.line, location!.column])).toEqual([
        [3, 13],
        [4, 4],
        [5, 13],
      ])
    }
  })

  test('a number of the outer element arrives exactly, and its __proto__ is a field', () => {
    const { records } = scan('/*/u', '[{"id": 9007199254740993, "__proto__": {"isAdmin": true}, "u": [1]}]')
    const parent = records[0]!.surroundings.$parent!
    expect(parent['id']).toBe(9007199254740993n)
    expect(Object.keys(parent)).toEqual(['id', '__proto__'])
    expect(parent['isAdmin']).toBeUndefined()
  })

  test('a list named __proto__ is taken out like any other', () => {
    const { values, records } = scan('/*/__proto__', '[{"id": 1, "__proto__": [5]}]')
    expect(values).toEqual([5])
    expect(Object.keys(records[0]!.surroundings.$parent!)).toEqual(['id'])
  })
})

describe('elements without a list', () => {
  test('absent or null, it has no records', () => {
    const { values, fault, search } = scan(
      '/*/a/users',
      '[{}, {"a": null}, {"a": {"users": null}}, null, {"a": {"users": [1]}}, {"a": {}}]',
    )
    expect(fault).toBeUndefined()
    expect(values).toEqual([1])
    expect(search.isMet).toBe(true)
  })

  test('where none has it, the search knows what the first one has instead', () => {
    const { values, fault, search } = scan('/teams/*/user', '{"teams": [\n{"users": []}]}')
    expect([values, fault, search.isMet]).toEqual([[], undefined, false])
    expect(search.missing).toMatchObject({
      code: 'source.at_not_found',
      location: { line: 2, column: 1, byte: 12 },
    })
    expect(search.missing?.message).toContain(
      `expected "user" in /teams/*, found an object with the keys "users"`,
    )
  })

  test.each([
    [
      '/*/users',
      '[{"users": 7}]',
      'source.at_not_records',
      'in /*/users, an array or an object of them, found a number',
      11,
    ],
    ['/*/users', '[{"users": []}, "x"]', 'source.at_not_found', 'expected "users" in /*, found a string', 16],
    [
      '/*',
      '{"a": [], "v": true}',
      'source.at_not_records',
      'in /*, an array or an object of them, found a boolean',
      15,
    ],
    ['/*/a/b', '[{"a": 1}]', 'source.at_not_found', 'expected "b" in /*/a, found a number', 7],
    ['/teams/*/users', '{"team": []}', 'source.at_not_found', 'expected "teams" in the root', 0],
    ['/teams/*/users', '{"teams": 7}', 'source.at_not_records', 'the records in /teams', 10],
    ['/*/users', '[{"users": [1], "users": [2]}]', 'source.duplicate_path', 'the key "users"', 16],
  ])('%s in %s is an error', (at, text, code, message, byte) => {
    for (const pieceBytes of [Infinity, 1]) {
      const { fault } = scan(at, text, { pieceBytes })
      expect(fault).toMatchObject({ code, location: { byte } })
      expect(fault?.message).toContain(message)
    }
  })
})

describe('broken text', () => {
  test.each([
    ['within a record', '[{"u": [1, {"a" 2}, 3]}]', [1], 16],
    ['before the list', '[{"u": [1]}, {"id" 1, "u": [2]}]', [1], 19],
    [
      'behind the list, so that the fields around it are not known',
      '[{"u": [1]}, {"u": [2], "id": oops}]',
      [1],
      30,
    ],
    ['by two errors, the first of which is in a record', '[{"u": [1, {"a": x}], "id": oops}]', [], 17],
    ['behind the elements', '[{"u": [1]} {"u": [2]}]', [1], 12],
    ['by a bracket of the wrong kind', '[{"u": [1}, 2]', [], 9],
    ['by an element that is no word', '[{"u": [1]}, nul]', [1], 16],
    ['by its end', '[{"u": [1]}, {"u": [2', [1], 21],
  ])('%s: %s ends behind the elements that are whole', (_, text, expected, byte) => {
    for (const pieceBytes of [Infinity, 1]) {
      const { values, fault } = scan('/*/u', text, { pieceBytes })
      expect(values).toEqual(expected)
      expect(fault).toMatchObject({ location: { byte } })
    }
  })

  test('an element beyond the limit is an error, however small its records are', () => {
    const text = `[{"u": [1]}, {"u": [${'1, '.repeat(50)}1]}]`
    const { values, fault } = scan('/*/u', text, { maxElementBytes: 100, pieceBytes: 10 })
    expect(values).toEqual([1])
    expect(fault).toMatchObject({ code: 'source.element_too_large', location: { byte: 13 } })
  })
})
