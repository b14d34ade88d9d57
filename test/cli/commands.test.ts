import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  failedRun,
  firstRun,
  inspectReport,
  migrateReport,
  rejectsReport,
  secondRun,
  somePlan,
} from '../report/sample-reports.js'
import type { migrate as Migrate, RejectsOptions } from '../../src/index.js'
import { cli } from './run-in-process.js'

it.each([
  [
    'run users orders --database sqlite:x --pipelines a --pipelines b',
    'run',
    { only: ['users', 'orders'], database: 'sqlite:x', pipelines: ['a', 'b'] },
  ],
  ['run --wait', 'run', { waitMs: 3_600_000 }],
  [
    'run --wait=90s --lock-timeout 500ms --statement-timeout 30s --timeout 5m',
    'run',
    { waitMs: 90_000, lockTimeoutMs: 500, statementTimeoutMs: 30_000, timeoutMs: 300_000 },
  ],
  ['run --plan plan.json --allow-older', 'run', { plan: 'plan.json', allowOlder: true }],
  ['run --dry-run --batch 9', 'plan', { batch: 9 }],
  ['status --ssl-ca ca.pem', 'status', { sslCa: 'ca.pem' }],
  ['run --dry-run --allow-older', 'plan', { allowOlder: true }],
  ['plan --out plan.json --allow-older', 'plan', { out: 'plan.json', allowOlder: true }],
  ['plan --changes 0 --rehearse', 'plan', { changes: 0, rehearse: true }],
  ['verify --batch 9', 'verify', { batch: 9 }],
  ['run --profile', 'run', { profile: true }],
  ['run --dry-run --profile', 'plan', { profile: true }],
  ['plan --profile', 'plan', { profile: true }],
  ['verify --profile', 'verify', { profile: true }],
  ['check', 'check', {}],
  ['inspect a.json b/*.json', 'inspect', { files: ['a.json', 'b/*.json'] }],
  [
    'inspect a.json --at /users --format ndjson --name people --show-values',
    'inspect',
    { files: ['a.json'], at: '/users', format: 'ndjson', name: 'people', showValues: true },
  ],
  ['inspect a.json --scaffold', 'inspect', { scaffold: 'pipelines' }],
  [
    'inspect a.json --scaffold=imports --schema src/schema.ts',
    'inspect',
    { scaffold: 'imports', schema: 'src/schema.ts' },
  ],
  ['run --rejects --no-store-values', 'run', { rejects: true, storeValues: false }],
  ['run --rejects --dry-run', 'plan', { rejects: true }],
  ['plan --rejects', 'plan', { rejects: true }],
  ['rejects --export bad.ndjson', 'rejects', { exportTo: 'bad.ndjson' }],
  ['rejects --export - --json', 'rejects', { exportTo: '-' }],
  ['status', 'status', {}],
  ['rejects --run 3 --show-values', 'rejects', { runId: 3, showValues: true }],
  ['unlock', 'unlock', {}],
  ['sequences', 'sequences', {}],
  [
    'sequences --fix --schema a --schema b --wait',
    'sequences',
    { fix: true, schemas: ['a', 'b'], waitMs: 3_600_000 },
  ],
  ['doctor', 'doctor', {}],
  [
    'doctor users --probe --data --portable --strict --only key,sequence.behind --only enum --skip name --schema a',
    'doctor',
    {
      only: ['users'],
      probe: true,
      data: true,
      portable: true,
      strict: true,
      onlyChecks: ['key', 'sequence.behind', 'enum'],
      skipChecks: ['name'],
      schemas: ['a'],
    },
  ],
  [
    'doctor --baseline known.json --update-baseline',
    'doctor',
    { baseline: 'known.json', updateBaseline: true },
  ],
  ['runs', 'runs', {}],
  ['runs 12 --limit 3', 'runs', { runId: 12, limit: 3 }],
  [
    'undo 12 --with-later --dry-run --wait=90s --lock-timeout 500ms --timeout 5m',
    'undo',
    { runId: 12, withLater: true, dryRun: true, waitMs: 90_000, lockTimeoutMs: 500, timeoutMs: 300_000 },
  ],
  ['migrate', 'migrate', { dryRun: false }],
  ['migrate --check', 'migrate', { dryRun: true, check: true }],
  ['migrate --sql --offline', 'migrate', { dryRun: true, offline: true }],
  ['migrate --sql', 'migrate', { dryRun: true }],
])('%s calls %s with its options', async (line, name, options) => {
  const { calls } = await cli(line)
  expect(calls).toEqual([{ name, options: expect.objectContaining({ cwd: '/nowhere', ...options }) }])
})

it.each([
  ['plan', 10],
  ['run --dry-run', 10],
  ['plan --changes 3 --json', 3],
  ['plan --json', undefined],
  ['plan --html no/such/folder.html', undefined],
])('%s shows %s changes of each pipeline', async (line, changes) => {
  expect((await cli(line)).calls[0]?.options['changes']).toBe(changes)
})

it('the exit code is that of the report', async () => {
  expect((await cli('run')).exitCode).toBe(0)
  expect((await cli('check')).exitCode).toBe(1)
  const locked = { ...failedRun, status: 'locked' as const, exitCode: 3 }
  expect((await cli('run', { library: { run: async () => locked } })).exitCode).toBe(3)
})

it('an inspection is text, and with --json one object with every figure', async () => {
  expect((await cli('inspect a.json')).stdout).toMatch(
    /^users  312 records[^]*\ninspected 1 collection, 312 records\n$/,
  )
  expect(JSON.parse((await cli('inspect a.json --json')).stdout)).toEqual(inspectReport)
})

it('plan --detailed-exitcode tells pending changes by exit code 2, in the report too', async () => {
  const { exitCode, stdout } = await cli('plan --detailed-exitcode --json')
  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', exitCode: 2 })
  const nothing = { ...secondRun, command: 'plan' as const }
  expect((await cli('plan --detailed-exitcode', { library: { plan: async () => nothing } })).exitCode).toBe(0)
  expect((await cli('plan --detailed-exitcode', { library: { plan: async () => failedRun } })).exitCode).toBe(
    1,
  )
  expect((await cli('plan')).exitCode).toBe(0)
})

it('migrate --check tells what is pending, where the database differs, and when nothing does', async () => {
  const failed = { ...migrateReport, status: 'failed' as const, exitCode: 1 }
  const pending = await cli('migrate --check', { library: { migrate: async () => failed } })
  expect(pending).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 migration pending') })
  const drift = [{ code: 'drift.column_missing', object: 'users.email', message: 'It is not there.' }]
  const differs = {
    ...failed,
    state: { ...failed.state, applied: [], pending: [], changed: [], unknown: [] },
    drift,
  }
  const drifted = await cli('migrate --check', { library: { migrate: async () => differs } })
  expect(drifted.exitCode).toBe(1)
  expect(drifted.stdout).toContain('drift\n  users.email: It is not there. drift.column_missing\n')
  expect(drifted.stdout).toContain('the database differs from the schema in 1 place (exit code 1)')
  expect(drifted.stdout).toContain('→ `carryover doctor --only drift`')
  const logged = await cli('migrate --check --log-format json', { library: { migrate: async () => differs } })
  expect(logged.stdout).toContain(
    '"level":"error","message":"users.email: It is not there.","code":"drift.column_missing"',
  )
  const state = { applied: ['0000_start'], pending: [], changed: [], unknown: [] }
  const done = await cli('migrate --check', {
    library: { migrate: async () => ({ ...migrateReport, state, drift: [] }) },
  })
  expect(done.exitCode).toBe(0)
  expect(done.stdout).toContain('up to date: 1 migration, and the database is what the schema declares')
})

it('migrate asks whoever sits at the terminal, takes --yes for an answer, and nobody for a no', async () => {
  const confirmed = async (line: string, differences: Parameters<typeof cli>[1]) => {
    let answer: boolean | undefined
    const migrate: typeof Migrate = async (options) => {
      answer = await options?.confirm?.(migrateReport.state?.pending ?? [], {
        dialect: 'postgres',
        version: '18.4',
        database: 'shop',
      })
      return migrateReport
    }
    const { stderr } = await cli(line, { ...differences, library: { migrate } })
    return { answer, stderr }
  }
  expect(await confirmed('migrate', { typed: 'y\n', stderrTty: true })).toMatchObject({
    answer: true,
    stderr: expect.stringContaining('This is production, postgres shop. Apply 0001_add_tools? [y/N]'),
  })
  expect((await confirmed('migrate', { typed: 'n\n', stderrTty: true })).answer).toBe(false)
  expect((await confirmed('migrate', {})).answer).toBe(false)
  expect((await confirmed('migrate --yes', {})).answer).toBe(true)
  expect((await confirmed('migrate', { env: { CARRYOVER_YES: '1' } })).answer).toBe(true)
})

it('migrate --sql prints nothing but the statements', async () => {
  const { stdout, stderr } = await cli('migrate --sql')
  expect(stdout).toMatch(/^-- 0001_add_tools\ncreate table/)
  expect(stderr).toBe('')
})

it('a plan can be written as a page and as Markdown', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'carryover-cli-'))
  const { exitCode } = await cli('plan --html plan.html --markdown plan.md', { cwd })
  expect(exitCode).toBe(0)
  expect(await readFile(join(cwd, 'plan.html'), 'utf8')).toContain('Grace Hopper')
  expect(await readFile(join(cwd, 'plan.md'), 'utf8')).toContain('Grace Hopper')
})

it('files that were written are named on stderr, for people who did not ask for quiet', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'carryover-cli-'))
  expect((await cli('doctor --sql mend.sql', { cwd })).stderr).toBe('wrote mend.sql\n')
  expect((await cli('doctor --sql mend.sql --format sarif', { cwd })).stderr).toBe('wrote mend.sql\n')
  const plan = 'plan --html plan.html --markdown plan.md'
  expect((await cli(plan, { cwd })).stderr).toBe('wrote plan.html\nwrote plan.md\n')
  for (const flag of ['--quiet', '--json', '--log-format json'])
    expect([flag, (await cli(`${plan} ${flag}`, { cwd })).stderr]).toEqual([flag, ''])
  const platform = { RAILWAY_ENVIRONMENT_ID: 'production' }
  expect((await cli(`${plan} --log-format pretty`, { cwd, env: platform })).stderr).toBe('')
  const one = await cli('plan --html no/such/plan.html --markdown plan.md', { cwd })
  expect(one).toMatchObject({ exitCode: 1, stderr: 'wrote plan.md\n' })
})

it('a file that cannot be written is an error of the report', async () => {
  const { exitCode, stdout } = await cli('plan --html no/such/folder/plan.html')
  expect(exitCode).toBe(1)
  expect(stdout).toContain('could not be written to no/such/folder/plan.html (ENOENT)')
  expect(stdout).toContain(somePlan.pipelines[0]?.name)
})

it('the url of a report is shown without its password', async () => {
  const errors = [{ code: 'database.connection', message: 'cannot reach postgres://ada:s3cret@db/shop' }]
  const library = { run: async () => ({ ...firstRun, errors }) }
  for (const line of ['run', 'run --json', 'run --log-format json', 'run --quiet']) {
    const { stdout, stderr } = await cli(line, { library })
    expect(stdout + stderr).toContain('postgres://ada:***@db/shop')
    expect(stdout + stderr).not.toContain('s3cret')
  }
})

it('values are stored as the configuration says, unless the command line or the environment says no', async () => {
  expect((await cli('run')).calls[0]?.options).not.toHaveProperty('storeValues')
  const { calls } = await cli('run', { env: { CARRYOVER_NO_STORE_VALUES: '1' } })
  expect(calls[0]?.options).toMatchObject({ storeValues: false })
})

it('rejects --export - prints the records and nothing else, and why not when it failed', async () => {
  const give = async (options?: RejectsOptions) => {
    if (typeof options?.exportTo === 'function') options.exportTo('{"id":1}\n')
    return rejectsReport
  }
  expect((await cli('rejects --export -', { library: { rejects: give } })).stdout).toBe('{"id":1}\n')
  const failed = {
    ...rejectsReport,
    status: 'failed' as const,
    exitCode: 64,
    errors: [{ code: 'usage.x', message: 'no' }],
  }
  const ended = await cli('rejects --export -', { library: { rejects: async () => failed } })
  expect(ended.exitCode).toBe(64)
  expect(ended.stdout).toContain('no')
})
