import { describe, expect, test } from 'vitest'
import { JsonScanner } from '../../../src/source/json/json-scanner.js'
import { scanText } from '../scan-text.js'

const scanner = (pointer?: readonly string[], maxElementBytes = 2 ** 20) =>
  new JsonScanner('test.json', { pointer, maxElementBytes, isConcatenated: true })

describe('documents one after the other', () => {
  test.each<[string, string, unknown[]]>([
    ['with line feeds', '{"a": 1}\n{"a":\n 2}\n', [{ a: 1 }, { a: 2 }]],
    ['with nothing', '{"a":1}{"a":2}[3]"four"5', [{ a: 1 }, { a: 2 }, [3], 'four', 5]],
    ['with RS before and LF behind', '\u001e{"a":1}\n\u001e2\n\u001e"x"\n', [{ a: 1 }, 2, 'x']],
    ['with several RS', '\u001e\u001e1\n\u001e \u001e2', [1, 2]],
    ['numbers and words, which whitespace ends', '1 2\ttrue\r\nnull -0.5e3', [1, 2, true, null, -500]],
    ['a number before a bracket or a quote', '1[2]3"x"4{"a":5}', [1, [2], 3, 'x', 4, { a: 5 }]],
    ['a single one, as in a folder with a file for each record', '\n{\n "id": 1\n}\n', [{ id: 1 }]],
    ['none', '', []],
    ['none but whitespace', ' \n\t\u001e\r\n', []],
  ])('%s are each a record', (_, text, expected) => {
    for (const pieceBytes of [Infinity, 1, 2]) {
      const { entries, fault } = scanText(scanner(), text, pieceBytes)
      expect(fault).toBeUndefined()
      expect(entries.map(({ value }) => value)).toEqual(expected)
    }
  })

  test('each knows its line, its column and its byte', () => {
    const { entries } = scanText(scanner(), '{"é":\n1}  [2]\n\n 3', 1)
    expect(entries.map(({ location }) => [location.line, location.column, location.byte])).toEqual([
      [1, 1, 0],
      [2, 5, 11],
      [4, 2, 17],
    ])
  })

  test('a pointer leads into each of them', () => {
    const text = '{"v":1,"users":[1,2]}\n{"users":{"k":3}}{"users":[]}'
    for (const pieceBytes of [Infinity, 1]) {
      const { entries, fault } = scanText(scanner(['users']), text, pieceBytes)
      expect(fault).toBeUndefined()
      expect(entries.map(({ key, value }) => [key, value])).toEqual([
        [undefined, 1],
        [undefined, 2],
        ['k', 3],
      ])
    }
    expect(scanText(scanner([]), '[1,2] [3]\u001e{"a":4}').entries.map(({ value }) => value)).toEqual([
      1, 2, 3, 4,
    ])
  })

  test('a pointer that leads nowhere in one of them is an error there', () => {
    const { entries, fault } = scanText(scanner(['users']), '{"users":[1]}\n{"people":[2]}', 1)
    expect(entries).toHaveLength(1)
    expect(fault).toMatchObject({ code: 'source.at_not_found', location: { line: 2, byte: 14 } })
    expect(scanText(scanner([]), '[1] 7').fault).toMatchObject({ code: 'source.at_not_records' })
  })

  test.each([
    ['{"a":1},{"a":2}', [{ a: 1 }], 7, 'source.syntax'],
    ['{"a":1} x', [{ a: 1 }], 8, 'source.syntax'],
    ['1,2', [1], 1, 'source.syntax'],
    ['truefalse', [], 4, 'source.syntax'],
    ['1-2', [], 1, 'source.syntax'],
    ['01', [], 1, 'source.syntax'],
    ['1 ]', [1], 2, 'source.syntax'],
    ['[1]\u0000[2]', [[1]], 3, 'source.syntax'],
    ['{"a":\u001e1}', [], 5, 'source.syntax'],
    ['{"a":1}\n{"a":', [{ a: 1 }], 13, 'source.truncated'],
    ['1 tru', [1], 5, 'source.truncated'],
    ['1 "x', [1], 4, 'source.truncated'],
  ])('%j is refused at its place, behind what is whole', (text, expected, byte, code) => {
    for (const pieceBytes of [Infinity, 1]) {
      const { entries, fault } = scanText(scanner(), text, pieceBytes)
      expect(entries.map(({ value }) => value)).toEqual(expected)
      expect(fault).toMatchObject({ code, location: { byte } })
    }
  })

  test('a document beyond the limit is an error, unless a pointer leads to smaller records in it', () => {
    const text = `{"u":[1]} {"u":[${'1,'.repeat(50)}1]}`
    expect(scanText(scanner(undefined, 50), text, 8).fault).toMatchObject({
      code: 'source.element_too_large',
      location: { byte: 10 },
    })
    expect(scanText(scanner(['u'], 50), text, 8).entries).toHaveLength(52)
  })
})
