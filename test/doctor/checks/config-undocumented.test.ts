import { expect, test } from 'vitest'
import { configUndocumented } from '../../../src/doctor/checks/config-undocumented.js'
import { inProject } from '../made-up-project.js'

const code = `
const { MAIL_HOST, MAIL_PORT: port = '25' } = process.env
// process.env.OLD_NAME was replaced
/* process.env.OLDER_NAME too */
export const secret = process.env.SECRET ?? process.env['OTHER_SECRET']
export const mode = import.meta.env.VITE_MODE, place = process.env.NODE_ENV, id = process.env.RAILWAY_SERVICE_ID
process.env.WRITTEN = 'x'
if (process.env.COMPARED == null) throw new Error('process.env.COMPARED is not set')
export const of = (env: Record<string, string>) => env.ELSEWHERE
`

test('variables that the code reads and the example does not list are told, with the line to add', async () => {
  const found = await inProject(configUndocumented, {
    'src/a.ts': code,
    'pipelines/users.ts': `const limit = env.LIMIT ?? env['FLOOR'] ?? options.env.MOST ?? process.env.CEILING`,
    'src/a.test.ts': 'process.env.ONLY_TESTED',
    'README.json': 'process.env.TOLD',
    '.env.example': '# SECRET=\nMAIL_HOST=localhost\nOTHER_SECRETS=\n',
  })
  expect(found.map(({ object, file }) => [object, file])).toEqual([
    ['CEILING', 'pipelines/users.ts'],
    ['COMPARED', 'src/a.ts'],
    ['FLOOR', 'pipelines/users.ts'],
    ['LIMIT', 'pipelines/users.ts'],
    ['MAIL_PORT', 'src/a.ts'],
    ['OTHER_SECRET', 'src/a.ts'],
  ])
  expect(found[0]).toMatchObject({
    message: 'The code reads CEILING, and .env.example does not list it.',
    hint: 'Add the line:\nCEILING=',
  })
})

test('where there is no example, that is all there is to say', async () => {
  const found = await inProject(configUndocumented, { 'src/a.ts': 'process.env.B + process.env.A' })
  expect(found).toMatchObject([{ object: '.env.example', severity: 'info', hint: 'Write one:\nA=\nB=' }])
  expect(await inProject(configUndocumented, { 'src/a.ts': 'process.env.PATH' })).toEqual([])
  expect(
    await inProject(configUndocumented, { 'src/a.ts': 'process.env.A', 'apps/a/.env.template': 'A=' }),
  ).toEqual([])
})
