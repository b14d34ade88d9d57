import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTarget } from '../../../src/target/open-target.js'
import { connect } from '../../../src/target/postgres/connect.js'
import { connectionConfig } from '../../../src/target/postgres/connection-config.js'
import { openSession, type Session } from '../../../src/target/postgres/session.js'
import type { TlsOptions } from '../../../src/target/target.js'
import { defaultOptions } from '../../contract/engine.js'
import { makeCertificates, type Certificates } from '../../postgres/make-certificates.js'
import { startServer, type PostgresServer } from '../../postgres/start-server.js'

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? ''
const canSign = Number(/^OpenSSL (\d+)/.exec(version)?.[1]) >= 3
if (!canSign) console.warn('TLS is NOT TESTED: there is no program openssl of version 3 or newer.')

let certificates: Certificates
let server: PostgresServer

describe.skipIf(!canSign)(`TLS with a server${canSign ? '' : ', NOT TESTED without openssl 3'}`, () => {
  beforeAll(async () => {
    certificates = await makeCertificates(process.getuid?.() === 0 ? 65534 : undefined)
    const { cert, key } = certificates.server
    const files = `-c ssl_cert_file=${cert} -c ssl_key_file=${key} -c ssl_ca_file=${certificates.authority}`
    server = await startServer(18, { settings: `-c ssl=on ${files}` })
  })

  afterAll(async () => {
    await server?.stop()
    await certificates?.remove()
  })

  // The certificate of the server is for `localhost`.
  test.each([
    ['127.0.0.1', 'sslmode=disable', 'plain'],
    ['127.0.0.1', 'sslmode=require', 'encrypted'],
    ['127.0.0.1', 'sslmode=require&sslrootcert=AUTHORITY', 'encrypted'],
    ['127.0.0.1', 'sslmode=require&sslrootcert=OTHER', 'database.certificate'],
    ['127.0.0.1', 'sslmode=verify-ca', 'database.certificate'],
    ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=AUTHORITY', 'encrypted'],
    ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=OTHER', 'database.certificate'],
    ['127.0.0.1', 'sslmode=verify-full&sslrootcert=AUTHORITY', 'database.certificate'],
    ['localhost', 'sslmode=verify-full&sslrootcert=AUTHORITY', 'encrypted'],
    ['localhost', 'sslmode=verify-full&sslrootcert=OTHER', 'database.certificate'],
    ['localhost', 'sslmode=verify-full&sslrootcert=system', 'database.certificate'],
  ])('a connection to %s with %s is %s', async (host, words, expected) => {
    expect(await outcome(host, words)).toBe(expected)
  })

  test('an authority that is named beside the URL asks for everything, and needs no mode', async () => {
    const tls = { ca: certificates.authority }
    expect(await outcome('localhost', '', tls)).toBe('encrypted')
    expect(await outcome('127.0.0.1', '', tls)).toBe('database.certificate')
    expect(await outcome('localhost', '', { ca: certificates.otherAuthority })).toBe('database.certificate')
  })

  test('the environment says what the URL does not, as it does to psql', async () => {
    const tls = { mode: 'verify-ca', rootCert: certificates.authority }
    expect(await outcome('127.0.0.1', '', tls)).toBe('encrypted')
    expect(await outcome('127.0.0.1', 'sslmode=disable', tls)).toBe('plain')
  })

  test('a certificate of the client opens the door where the server asks for one', async () => {
    await ask('127.0.0.1', 'sslmode=disable', {}, async (query) => {
      await query(`copy (values ('hostssl all postgres 127.0.0.1/32 trust clientcert=verify-ca'), ('host all postgres ::1/128 trust'))
      to '${(await query('show hba_file'))[0]?.['hba_file']}'`)
      await query('select pg_reload_conf()')
    })
    const { cert, key } = certificates.client
    expect(await outcome('127.0.0.1', `sslmode=require&sslcert=${cert}&sslkey=${key}`)).toBe('encrypted')
    expect(await outcome('127.0.0.1', 'sslmode=require', { cert, key })).toBe('encrypted')
    expect(await outcome('127.0.0.1', 'sslmode=require')).toBe('database.login')
  })

  test('a server that speaks no TLS is told so', async () => {
    const plain = await startServer(18)
    const url = `${plain.url}?sslmode=require`
    try {
      await expect(openTarget(url, '/', defaultOptions)).rejects.toMatchObject({ code: 'database.no_tls' })
    } finally {
      await plain.stop()
    }
  })
})

/** Whether the connection is `encrypted` or `plain`, or the code of the error. */
async function outcome(host: string, words: string, tls: TlsOptions = {}): Promise<string> {
  const url = urlOf(host, words)
  try {
    const target = await openTarget(url, '/', { ...defaultOptions, tls })
    await target.close()
  } catch (error) {
    return (error as { code: string }).code
  }
  return ask(host, words, tls, async (query) => {
    const [row] = await query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return row?.['ssl'] === 't' ? 'encrypted' : 'plain'
  })
}

async function ask<Answer>(
  host: string,
  words: string,
  tls: TlsOptions,
  work: (query: Session['query']) => Promise<Answer>,
): Promise<Answer> {
  const config = connectionConfig(urlOf(host, words), { ...defaultOptions, tls })
  const session = openSession(await connect(config, undefined))
  try {
    return await work(session.query)
  } finally {
    await session.close()
  }
}

function urlOf(host: string, words: string): string {
  const named = words
    .replace('AUTHORITY', certificates.authority)
    .replace('OTHER', certificates.otherAuthority)
  return `${server.url.replace('127.0.0.1', host)}?${named}`
}
