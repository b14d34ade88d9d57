import { expect, it } from 'vitest'
import { nameCollections } from '../../../src/inspect/collection/name-collections.js'

it.each([
  ['legacy/users.json', '', 'users'],
  ['legacy/users.ndjson.gz', '', 'users'],
  ['export.json', '/data/users', 'users'],
  ['export.json', '/years/2019', 'years'],
  ['legacy/invoices/*.json', '', 'invoices'],
  ['legacy\\tools.json', '', 'tools'],
  ['*.json', '', 'records'],
  ['2019.json', '', 'records'],
  ['archive/2019.json', '', 'archive'],
])('%s at %j is called %s', (files, at, name) => {
  expect(nameCollections([{ files, at, format: 'json' }], undefined)[0]?.name).toBe(name)
})

it('no two collections have one name', () => {
  const found = ['a/users.json', 'b/users.json', 'c/users.json'].map((files) => ({
    files,
    at: '',
    format: 'json' as const,
  }))
  expect(nameCollections(found, undefined).map(({ name }) => name)).toEqual(['users', 'users_2', 'users_3'])
})
