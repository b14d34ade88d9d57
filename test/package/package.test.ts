import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** A project somewhere else, with the packed package installed in it. */
let project: string

const pipeline = `
import { definePipeline, uuidFrom } from 'carryover'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { z } from 'zod'

export const clubs = pgTable('clubs', { id: uuid('id').primaryKey(), slug: text('slug').notNull().unique() })

export default definePipeline({
  name: 'clubs',
  source: { files: '../clubs.json' },
  record: z.object({ id: z.number(), slug: z.string() }),
  key: 'id',
  target: clubs,
  columns: { id: uuidFrom('id'), slug: 'slug' },
})
`

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'carryover-package-'))
  const { stdout } = await execute(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', project],
    { cwd: root },
  )
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }),
  )
  const peers = ['drizzle-orm', 'zod'].map((name) => `${name}@${own.devDependencies[name]}`)
  // SQLite's binding takes a minute to compile: the one that was compiled for this project is put in its place.
  const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--silent']
  await execute('npm', ['install', ...quiet, `./${stdout.trim().split('\n').at(-1)}`, ...peers], {
    cwd: project,
  })
  const binding = 'node_modules/better-sqlite3/build/Release'
  await mkdir(join(project, binding), { recursive: true })
  await cp(join(root, binding, 'better_sqlite3.node'), join(project, binding, 'better_sqlite3.node'))
  await mkdir(join(project, 'pipelines'))
  await writeFile(join(project, 'pipelines/clubs.ts'), pipeline)
  await writeFile(
    join(project, 'clubs.json'),
    JSON.stringify([
      { id: 1, slug: 'chess' },
      { id: 2, slug: 'go' },
    ]),
  )
}, 300_000)

afterAll(() => rm(project, { recursive: true, force: true }))

test('the packed package brings the command and runs a pipeline', async () => {
  await execute('npx', ['--no-install', 'carryover', 'migrate'], { cwd: project })
  const { stdout } = await execute('npx', ['--no-install', 'carryover', 'run', '--json'], { cwd: project })
  expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', totals: { inserted: 2 } })
}, 60_000)

test('the packed package is a library with types: a sound pipeline compiles, a mistake does not', async () => {
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'nodenext',
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: [],
      },
      include: ['pipelines'],
    }),
  )
  const tsc = join(root, 'node_modules/.bin/tsc')
  await execute(tsc, ['-p', project])
  await writeFile(
    join(project, 'pipelines/mistake.ts'),
    pipeline.replace(`slug: 'slug' },\n})`, `slug: 'slog' },\n})`),
  )
  await expect(execute(tsc, ['-p', project])).rejects.toMatchObject({
    stdout: expect.stringContaining('slog'),
  })
}, 60_000)

test('the package holds what it needs and nothing of the project around it', async () => {
  const { stdout } = await execute('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
  const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[]
  const folders = new Set(packed?.files.map(({ path }) => path.split('/')[0]))
  expect([...folders].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
    'CHANGELOG.md',
    'dist',
    'LICENSE',
    'package.json',
    'README.md',
  ])
}, 60_000)
