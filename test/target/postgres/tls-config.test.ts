import { expect, test } from 'vitest'
import { tlsConfig, type TlsWords } from '../../../src/target/postgres/tls-config.js'

const none: TlsWords = {
  mode: undefined,
  rootCert: undefined,
  cert: undefined,
  key: undefined,
  password: undefined,
}

test.each([
  [undefined, false],
  ['disable', false],
  ['prefer', false],
  ['require', { rejectUnauthorized: false }],
  ['no-verify', { rejectUnauthorized: false }],
  ['verify-full', {}],
])('sslmode has the meaning that libpq gives it: %s', (mode, ssl) => {
  expect(tlsConfig({ ...none, mode })).toEqual(ssl)
})

test('verify-ca checks the chain and not the host', () => {
  expect(tlsConfig({ ...none, mode: 'verify-ca' })).toEqual({ checkServerIdentity: expect.any(Function) })
})

test('an authority that is named without a mode is not ignored', () => {
  expect(tlsConfig({ ...none, rootCert: 'system' })).toEqual({})
})

test.each([
  ['an sslmode nobody knows', { mode: 'maybe' }, 'sslmode=maybe is not known'],
  ['a mode too weak for public authorities', { mode: 'require', rootCert: 'system' }, 'is too weak'],
  [
    'a file that is not there',
    { mode: 'verify-ca', rootCert: '/nowhere' },
    '/nowhere that sslrootcert names',
  ],
  ['a certificate without its key', { mode: 'require', cert: '/c' }, 'sslcert without sslkey'],
  ['a key without its certificate', { mode: 'require', key: '/k' }, 'sslkey without sslcert'],
])('%s is a usage error', (_, words, message) => {
  expect(() => tlsConfig({ ...none, ...words })).toThrow(message)
})
