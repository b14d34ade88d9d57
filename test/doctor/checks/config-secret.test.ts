import { expect, test } from 'vitest'
import { configSecret } from '../../../src/doctor/checks/config-secret.js'
import { inProject } from '../made-up-project.js'

// Put together here, so that no scanner takes this file for one that holds secrets.
const url = ['postgres://shop:', 'h4rd2Guess', '@db.shop.io:5432/shop'].join('')
const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('')
const key = ['-----BEGIN RSA PRIVATE', ' KEY-----\nMIIEowIBAAKCAQEA7bq9Zs2mQn4kX8vTg1uYcW3hRj5LpD0a\n'].join(
  '',
)

test('secrets are told by file and line, and not quoted', async () => {
  const found = await inProject(configSecret, {
    'src/db.ts': `// the database\nexport const url = '${url}'\n`,
    'config/app.yaml': `a: 1\nb: 2\ntoken: ${token}\n`,
    'keys.json': JSON.stringify({ key }),
    '.env.example': `DATABASE_URL=${url}\n`,
  })
  expect(found.map(({ object, file }) => [object, file])).toEqual([
    ['src/db.ts:2', 'src/db.ts'],
    ['config/app.yaml:3', 'config/app.yaml'],
    ['keys.json:1', 'keys.json'],
    ['.env.example:1', '.env.example'],
  ])
  expect(found[0]?.message).toBe('Line 2 of src/db.ts holds a database URL with a password.')
  expect(JSON.stringify(found)).not.toMatch(/h4rd2Guess|a1B2c3|MIIEow/)
})

test.each([
  'postgres://user:password@db.shop.io/shop',
  'postgres://postgres:postgres@postgres:5432/shop',
  'postgres://shop:h4rd2Guess@localhost:5432/shop',
  'postgres://shop:h4rd2Guess@127.0.0.1/shop',
  'postgres://shop:h4rd2Guess@db.example.com/shop',
  'postgres://shop:${password}@db.shop.io/shop',
  'postgres://shop:$DB_PASSWORD@db.shop.io/shop',
  'postgres://shop:<your password>@db.shop.io/shop',
  'postgres://shop:***@db.shop.io/shop',
  'postgres://shop:changeme@db.shop.io/shop',
  'postgres://shop@db.shop.io/shop',
  'https://docs.shop.io:443/@shop/db',
  'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  `text.includes('-----BEGIN PRIVATE KEY-----')`,
])('%s is none', async (text) => {
  expect(await inProject(configSecret, { 'src/a.ts': text })).toEqual([])
})

test('of what is not tracked, of tests and of an own environment nothing is said', async () => {
  const files = { '.env': `A=${url}`, 'src/a.ts': url, 'test/a.ts': url, 'src/a.spec.ts': url }
  expect(await inProject(configSecret, files, ['src/b.ts', 'test/a.ts', 'src/a.spec.ts'])).toEqual([])
  expect((await inProject(configSecret, files)).map(({ object }) => object)).toEqual(['src/a.ts:1'])
})

test('a tracked environment with values is told, one without is not', async () => {
  const files = { '.env': 'A=\nB=something # real\n', 'apps/a/.env': '# A=b\nA=\nexport B=""\nC=changeme\n' }
  expect(await inProject(configSecret, files, Object.keys(files))).toMatchObject([
    { object: '.env', file: '.env', message: 'The version control knows .env, which has values.' },
  ])
})
