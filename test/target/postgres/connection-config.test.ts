import { expect, test } from 'vitest'
import { connectionConfig } from '../../../src/target/postgres/connection-config.js'

const url = 'postgres://user:pass@host:5432/db'
const options = { connectTimeoutMs: 4_000, tls: {} }

test('the driver never sees the words of TLS, which it would read in its own way', () => {
  const words = 'sslmode=require&sslpassword=p'
  expect(connectionConfig(`${url}?${words}&options=-c%20x%3Dy`, options).connectionString).toBe(
    `${url}?options=-c+x%3Dy`,
  )
})

test.each([
  ['the URL', `${url}?sslmode=disable`, { mode: 'verify-full' }, false],
  ['the environment', url, { mode: 'require' }, { rejectUnauthorized: false }],
  ['nobody', url, {}, false],
])('whether there is TLS is said by %s', (_, given, tls, ssl) => {
  expect(connectionConfig(given, { ...options, tls }).ssl).toEqual(ssl)
})

test('an authority that is named beside the URL goes before that of the URL', () => {
  expect(
    connectionConfig(`${url}?sslmode=verify-full&sslrootcert=/nowhere`, { ...options, tls: { ca: 'system' } })
      .ssl,
  ).toEqual({})
})

test('a connection has the time that it is given to open, and is asked for a sign of life', () => {
  expect(connectionConfig(url, options)).toMatchObject({
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
})

test('a URL that is none is a usage error without the password', () => {
  expect(() => connectionConfig('postgres://user:pa ss@:port', options)).toThrow(/expected postgres:/)
})
