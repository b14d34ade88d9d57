import { expect, it } from 'vitest'
import { describeUnexpected } from '../../src/cli/describe-unexpected.js'
import { cli } from './run-in-process.js'

const throws = (error: unknown) => ({
  run: async () => {
    throw error
  },
})

it('a defect is told on stderr with exit code 1, and where it happened with --verbose only', async () => {
  const library = throws(new TypeError('x is not a function'))
  const brief = await cli('run', { library })
  expect(brief).toMatchObject({ exitCode: 1, stdout: '' })
  expect(brief.stderr).toMatch(/^unexpected error: x is not a function\n  → .*--verbose/)
  const verbose = await cli('run --verbose', { library })
  expect(verbose.stderr).toMatch(/\n\s+at .*defects\.test/)
})

it('with --json a defect is one object too, and a line where logs are JSON', async () => {
  const library = throws(new TypeError('x is not a function'))
  const object = await cli('run --json', { library })
  expect(object.stderr).toBe('')
  expect(JSON.parse(object.stdout)).toMatchObject({
    command: 'run',
    exitCode: 1,
    errors: [{ code: 'internal.unexpected' }],
  })
  const line = await cli('run --log-format json', { library })
  expect(JSON.parse(line.stdout)).toMatchObject({ level: 'error', exitCode: 1 })
})

const drizzle = Object.assign(
  new Error('Failed query: insert into users values ($1)\nparams: ada@example.com'),
  {
    query: 'insert',
    params: ['ada@example.com'],
    cause: Object.assign(new Error('invalid input syntax for type uuid: "ada@example.com"'), {
      code: '22P02',
      severity: 'ERROR',
      table: 'users',
    }),
  },
)

it('no row value is in what is told, nor in the stack', async () => {
  const { stderr } = await cli('run --verbose', { library: throws(drizzle) })
  expect(stderr).toContain('unexpected error: a query failed: the database answered 22P02 (table users)')
  expect(stderr).not.toContain('ada@')
})

it.each([
  [new Error('cannot reach postgres://ada:s3cret@db'), 'cannot reach postgres://ada:***@db'],
  [
    new SyntaxError(`Unexpected token 'a', "ada@example.com" is not valid JSON`),
    "Unexpected token 'a' is not valid JSON",
  ],
  ['text', 'something that is no error was thrown: string'],
])('%s is told as: %s', (error, message) => {
  expect(describeUnexpected(error, false)).toBe(message)
})
