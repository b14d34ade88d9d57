import { expect, it } from 'vitest'
import { findLists } from '../../../src/inspect/collection/find-lists.js'
import { OutlineScanner } from '../../../src/source/json/outline-scanner.js'

const person = { name: 'Ada', age: 3 }

it.each<[string, unknown, string[]]>([
  ['an array', [person], ['']],
  ['an empty array', [], ['']],
  ['an array under a key', { users: [person] }, ['users']],
  [
    'several arrays, and what is beside them',
    { made: 1, users: [person], orgs: [person], tags: ['a'] },
    ['users', 'orgs'],
  ],
  ['arrays at different depths', { a: { users: [person] }, orgs: [person] }, ['a/users', 'orgs']],
  ['an object whose values are records', { 1: person, x: { name: 'Bo' } }, ['']],
  [
    'keyed records that have arrays',
    { o1: { no: 1, lines: [person] }, o2: { no: 2, lines: [person] } },
    [''],
  ],
  [
    'several keyed lists',
    { users: { u1: person, u2: person }, orgs: { o1: person, o2: person } },
    ['users', 'orgs'],
  ],
  [
    'several keyed lists with the same keys',
    { users: { 1: person, 2: person }, orgs: { 1: person, 2: person } },
    ['users', 'orgs'],
  ],
  [
    'sections that have nothing in common',
    { users: { made: 1, list: [person] }, orgs: { all: [person] } },
    ['users/list', 'orgs/all'],
  ],
  ['a single object', person, []],
  ['no list of objects', { tags: ['a'], n: [1] }, []],
])('in a document that is %s', (_, document, lists) => {
  const scanner = new OutlineScanner()
  scanner.push(Buffer.from(JSON.stringify(document)))
  expect(findLists(scanner.root).map((steps) => steps.join('/'))).toEqual(lists)
})
