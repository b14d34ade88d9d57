import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findViolations, type Module } from './layers/find-violations.js'
import { readImports } from './layers/read-imports.js'

const top = fileURLToPath(new URL('..', import.meta.url))

async function readModules(): Promise<Module[]> {
  const entries = await readdir(join(top, 'src'), { recursive: true })
  const paths = entries
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => join('src', entry).replaceAll('\\', '/'))
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(top, path), 'utf8') })))
}

test('every module imports and does only what its layer may', async () => {
  const modules = await readModules()
  expect(modules.map(({ path }) => path)).toContain('src/errors.ts')
  expect(modules.flatMap(findViolations)).toEqual([])
})

describe('the check of the layers', () => {
  test.each([
    ['src/run/run.ts', `import { openTarget } from '../target/open-target.js'`],
    ['src/run/run.ts', `import { one } from './one.js'\nimport pLimit from 'p-limit'\nimport 'node:os'`],
    ['src/report/format.ts', `import type { RunReport } from '../run/run-report.js'`],
    ['src/report/format.ts', `import { type A, type B } from '../run/run-report.js'`],
    ['src/record/parse.ts', `/** \`import { run } from '../run/run.js'\` is not allowed here. */`],
    ['src/target/sqlite/open.ts', `if (dialect === 'sqlite') await import('better-sqlite3')`],
    ['src/pipeline/load.ts', `import { pgTable } from 'drizzle-orm/pg-core'`],
    ['src/cli/main.ts', `import { run } from '../run/run.js'\nprocess.stdout.write('')`],
    ['src/inspect/a.ts', `import { openSource } from '../source/open-source.js'`],
    ['src/index.ts', `export { run } from './run/run.js'`],
  ])('allows %s: %j', (path, text) => {
    expect(findViolations({ path, text })).toEqual([])
  })

  test.each([
    [
      'src/record/parse.ts',
      `import { run } from '../run/run.js'`,
      'record may import errors, written-number',
    ],
    [
      'src/record/parse.ts',
      `import {\n  a,\n  b,\n} from '../pipeline/a.js'`,
      'record may import errors, written-number',
    ],
    [
      'src/record/parse.ts',
      `export * from '../target/target.js'`,
      'record may import errors, written-number',
    ],
    [
      'src/record/parse.ts',
      `const it = await import('../source/read.js')`,
      'record may import errors, written-number',
    ],
    ['src/record/parse.ts', `import { readFile } from 'node:fs/promises'`, 'imports node:fs/promises'],
    ['src/run/run.ts', `import { print } from '../report/print.js'`, 'run may import pipeline'],
    ['src/run/run.ts', `import { Command } from 'commander'`, 'imports commander'],
    ['src/report/format.ts', `import { run, type A } from '../run/run.js'`, 'types alone from run'],
    ['src/report/format.ts', `import 'node:fs'`, 'report may import no package'],
    ['src/target/a.ts', `import drizzle from 'drizzle-orm-extra'`, 'imports drizzle-orm-extra'],
    ['src/target/a.ts', `import { a } from '../../pipelines/schema.js'`, 'target may import errors'],
    ['src/inspect/a.ts', `import { check } from '../pipeline/check.js'`, 'inspect may import source'],
    ['src/inspect/a.ts', `import { writeFile } from 'node:fs/promises'`, 'imports node:fs/promises'],
    ['src/errors.ts', `import { a } from './record/a.js'`, 'errors may import no layer'],
    ['src/run/run.ts', `process.exit(1)`, 'only cli may'],
    ['src/run/run.ts', `if (target.dialect !== other) {}`, 'asks for the engine'],
    ['src/run/run.ts', `switch (kind) { case 'postgres': }`, 'asks for the engine'],
    ['src/run/index.ts', ``, 'is a barrel'],
    ['src/run/utils.ts', ``, 'does not say what is in it'],
    ['src/other/a.ts', ``, 'is in none of the layers'],
  ])('refuses %s: %j', (path, text, reason) => {
    expect(findViolations({ path, text })).toEqual([expect.stringContaining(reason)])
  })

  test('reads imports of every form', () => {
    const text = [
      `import a, { b } from 'one'`,
      `import * as c from "two"`,
      `import type { D } from 'three'`,
      `export { type E, f } from 'four'`,
      `const g = await import('five')`,
      `export const text = 'six'`,
    ].join('\n')
    expect(readImports(text)).toEqual([
      { specifier: 'one', typeOnly: false },
      { specifier: 'two', typeOnly: false },
      { specifier: 'three', typeOnly: true },
      { specifier: 'four', typeOnly: false },
      { specifier: 'five', typeOnly: false },
    ])
  })
})
