import { expect, it } from 'vitest'
import { cli } from './run-in-process.js'

it.each([
  ['plan --bach 3', "unknown option '--bach'", 'Did you mean --batch?'],
  ['plna', "unknown command 'plna'", 'Did you mean plan?'],
  ['help doctr', "unknown command 'doctr'", 'Did you mean doctor?'],
  ['help frobnicate', "unknown command 'frobnicate'", 'Run carryover --help.'],
  ['run --batch 0', 'A whole number is expected, 1 or more.', 'Run carryover run --help.'],
  [
    'doctor --sql --strict',
    "option '--sql <file>' argument '--strict' is invalid. Expected a value, found a flag.",
    'Run carryover doctor --help.',
  ],
  [
    'run --plan --json=1',
    "option '--plan <file>' argument '--json=1' is invalid. Expected a value, found a flag.",
    'Run carryover run --help.',
  ],
  ['run --batch', "option '--batch <records>' argument missing", 'Run carryover run --help.'],
  ['run --dry-run --plan plan.json', "cannot be used with option '--dry-run'", 'Run carryover run --help.'],
  [
    'plan --out plan.json --rehearse',
    "cannot be used with option '--rehearse'",
    'Run carryover plan --help.',
  ],
  ['run --timeout soon', 'A duration is expected, such as 30s, 5m or 500ms.', 'Run carryover run --help.'],
  ['run --wait users', 'A duration is expected', 'Run carryover run --help.'],
  ['run --log-format xml', 'Allowed choices are pretty, json, auto.', 'Run carryover run --help.'],
  ['inspect', "missing required argument 'files'", 'Run carryover inspect --help.'],
  [
    'inspect a --format csv',
    'Allowed choices are json, ndjson, concatenated.',
    'Run carryover inspect --help.',
  ],
  ['--json run', "unknown option '--json'", 'Options come after the command: carryover run --json.'],
  ['status --batch 3', "unknown option '--batch'", 'Run carryover status --help.'],
])('%s is answered with what was expected, and exit code 64', async (line, message, hint) => {
  const { exitCode, stdout, stderr, calls } = await cli(line)
  expect(exitCode).toBe(64)
  const said = stdout + stderr
  expect(said).toContain(message)
  expect(said).toContain(hint)
  expect(calls).toEqual([])
})

it('help of what is no command says nothing but that', async () => {
  const { stdout, stderr } = await cli('help doctr')
  expect(stdout + stderr).toBe("error: unknown command 'doctr'\n  → Did you mean doctor?\n")
})

it('without a command the help comes on stderr, and exit code 64', async () => {
  const { exitCode, stdout, stderr } = await cli('')
  expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' })
  expect(stderr).toContain('Usage: carryover')
})

it('with --json a usage error is one object too', async () => {
  const { exitCode, stdout, stderr } = await cli('run --json --batch x')
  expect(exitCode).toBe(64)
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'failed',
    exitCode: 64,
    errors: [{ code: 'usage.invalid_argument' }],
  })
})

it('where logs are JSON a usage error is one line too', async () => {
  const { stdout, stderr } = await cli('run --bach', { env: { RAILWAY_ENVIRONMENT_ID: 'x' } })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ level: 'error', code: 'usage.unknown_option', exitCode: 64 })
})

it('a secret on a mistyped option is not repeated', async () => {
  const { stderr } = await cli('run --databas=postgres://ada:s3cret@db/shop')
  expect(stderr).not.toContain('s3cret')
})

it('help shows examples, exit codes and where the environment comes in', async () => {
  for (const line of ['--help', 'plan --help', 'help', 'help run', 'help help', 'migrate -h']) {
    const { exitCode, stdout, stderr } = await cli(line)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/Usage: carryover[^]*Examples:[^]*Exit codes:[^]*CARRYOVER_LOG_FORMAT/)
  }
})

it('the help of an inspection says which values it shows', async () => {
  expect((await cli('inspect --help')).stdout).toMatch(/other\s+values only with --show-values/)
})

it('the version is that of the package', async () => {
  expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
