import { expect, it } from 'vitest'
import {
  camelCase,
  constraintName,
  kebabCase,
  pascalCase,
  snakeCase,
  takeName,
} from '../../../src/inspect/scaffold/names.js'

it.each([
  ['organizationId', 'organization_id', 'organizationId', 'OrganizationId', 'organization-id'],
  ['my field', 'my_field', 'myField', 'MyField', 'my-field'],
  ['a.b', 'a_b', 'aB', 'AB', 'a-b'],
  ['__proto__', 'proto', 'proto', 'Proto', 'proto'],
  ['日本', '日本', '日本', '日本', '日本'],
  ['Straße', 'straße', 'straße', 'Straße', 'straße'],
  ['2019', 'n2019', 'n2019', 'N2019', 'n2019'],
  ['!?', 'field', 'field', 'Field', 'field'],
  ['$key', 'key', 'key', 'Key', 'key'],
  [
    `x'; drop table users; --`,
    'x_drop_table_users',
    'xDropTableUsers',
    'XDropTableUsers',
    'x-drop-table-users',
  ],
])('%s is %s in SQL, %s and %s in TypeScript, %s as a file', (name, snake, camel, pascal, kebab) => {
  expect([snakeCase(name), camelCase(name), pascalCase(name), kebabCase(name)]).toEqual([
    snake,
    camel,
    pascal,
    kebab,
  ])
})

it('no name of SQL is longer than what Postgres keeps, whatever its characters', () => {
  const long = snakeCase('大森光学'.repeat(20))
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(27)
  expect(Buffer.byteLength(constraintName(long, long, 'check'))).toBeLessThanOrEqual(63)
  expect(constraintName('users', 'email', 'key')).toBe('users_email_key')
})

it('a name that is taken gets a number', () => {
  const taken = new Set(['users'])
  expect([takeName('users', taken, '_'), takeName('users', taken, '_')]).toEqual(['users_2', 'users_3'])
})
