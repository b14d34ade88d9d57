import { expect, test } from 'vitest'
import { DefinitionError } from '../../../src/errors.js'
import { formatJsonPointer, parseJsonPointer } from '../../../src/source/json/json-pointer.js'

test.each([
  ['', []],
  ['/', ['']],
  ['/users', ['users']],
  ['/a~1b/m~0n/0', ['a/b', 'm~n', '0']],
  ['/~01', ['~1']],
])('the pointer %j has the steps %j', (pointer, steps) => {
  expect(parseJsonPointer(pointer)).toEqual(steps)
  expect(formatJsonPointer(steps)).toBe(pointer)
})

test.each(['users', '/a~', '/a~2', '$.users'])('%j is no pointer', (pointer) => {
  expect(() => parseJsonPointer(pointer)).toThrow(DefinitionError)
})
