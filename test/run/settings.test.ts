import { expect, test } from 'vitest'
import { settle } from '../../src/run/settings.js'

const urls = {
  CARRYOVER_DATABASE_URL: 'postgres://own',
  DATABASE_UNPOOLED_URL: 'postgres://direct',
  DATABASE_URL: 'postgres://pooled',
}

test.each([
  ['an option', { database: 'sqlite:option' }, 'sqlite:config', urls, 'sqlite:option'],
  ['the configuration', {}, 'sqlite:config', urls, 'sqlite:config'],
  ['carryover’s own variable', {}, undefined, urls, 'postgres://own'],
  ['the direct connection', {}, undefined, { ...urls, CARRYOVER_DATABASE_URL: '' }, 'postgres://direct'],
  ['the usual variable', {}, undefined, { DATABASE_URL: 'postgres://pooled' }, 'postgres://pooled'],
  ['a file beside the project', {}, undefined, {}, 'sqlite:./carryover.sqlite'],
])('the database is taken from %s before those after it', (_, options, database, env, expected) => {
  const config = database === undefined ? {} : { database }
  const settings = settle({ ...options, env, cwd: '/p' }, { file: undefined, dir: '/p', config })
  expect(settings.databaseUrl).toBe(expected)
})

test('globs of the configuration start from its folder, those of an option from where the user stands', () => {
  const loaded = { file: '/p/carryover.config.ts', dir: '/p', config: { pipelines: 'a/*.ts' } }
  expect(settle({ cwd: '/p/sub', env: {} }, loaded)).toMatchObject({
    pipelineDir: '/p',
    pipelineGlobs: ['a/*.ts'],
  })
  expect(settle({ cwd: '/p/sub', env: {}, pipelines: 'b/*.ts' }, loaded)).toMatchObject({
    pipelineDir: '/p/sub',
    pipelineGlobs: ['b/*.ts'],
  })
})

test('certificates are found from where they are named, and the environment of psql is heard', () => {
  const loaded = { file: '/p/carryover.config.ts', dir: '/p', config: { sslCa: 'ca.pem' } }
  expect(settle({ cwd: '/p/sub', env: {} }, loaded).tls.ca).toBe('/p/ca.pem')
  expect(settle({ cwd: '/p/sub', env: {}, sslCa: 'own.pem' }, loaded).tls.ca).toBe('/p/sub/own.pem')
  expect(settle({ cwd: '/p/sub', env: {}, sslCa: 'system' }, loaded).tls.ca).toBe('system')
  expect(settle({ env: { PGSSLMODE: 'require', PGSSLCERT: '' } }, { ...loaded, config: {} }).tls).toEqual({
    ca: undefined,
    mode: 'require',
    rootCert: undefined,
    cert: undefined,
    key: undefined,
  })
})

test('time-outs are those of the options, of the configuration, or the usual ones', () => {
  const loaded = { file: undefined, dir: '/p', config: { timeouts: { statementMs: 2, retryMs: 3 } } }
  expect(settle({ env: {}, statementTimeoutMs: 1 }, loaded)).toMatchObject({
    lockTimeoutMs: 10_000,
    statementTimeoutMs: 1,
    connectTimeoutMs: 15_000,
    retryMs: 3,
  })
})
