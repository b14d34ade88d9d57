import { expect, test } from 'vitest'
import { connectionConfig } from '../../../src/target/postgres/connection-config.js'

const url = 'postgres://user:pass@host:5432/db'

test.each([
  ['', false],
  ['?sslmode=disable', false],
  ['?sslmode=prefer', false],
  ['?sslmode=require', { rejectUnauthorized: false }],
  ['?sslmode=no-verify', { rejectUnauthorized: false }],
  ['?sslmode=verify-full', {}],
])('sslmode has the meaning that libpq gives it: %s', (query, ssl) => {
  expect(connectionConfig(url + query).ssl).toEqual(ssl)
})

test('verify-ca checks the chain and not the host', () => {
  expect(connectionConfig(`${url}?sslmode=verify-ca`).ssl).toMatchObject({
    checkServerIdentity: expect.any(Function),
  })
})

test('the driver never sees sslmode, which it would read in its own way', () => {
  expect(connectionConfig(`${url}?sslmode=require&options=-c%20x%3Dy`).connectionString).not.toContain(
    'sslmode',
  )
})

test('an sslmode nobody knows, and a URL that is none, are usage errors without the password', () => {
  expect(() => connectionConfig(`${url}?sslmode=maybe`)).toThrow(/sslmode=maybe/)
  expect(() => connectionConfig('postgres://user:pa ss@:port')).toThrow(/expected postgres:/)
})
