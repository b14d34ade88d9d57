import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { readDefinitions, type Definitions } from '../../src/pipeline/definitions.js'
import { openModuleLoader } from '../../src/pipeline/import-module.js'

const scratch = fileURLToPath(new URL('../../.tmp', import.meta.url))

const project: Record<string, string> = {
  'carryover.config.ts': `export default {}`,
  'pipelines/a.ts': `import { table } from '../schema.js'\nimport names from './names.json'\nimport { z } from 'zod'\nexport default [table, names, z]`,
  'pipelines/b.ts': `import native from '../lib/native.mjs'\nimport { table } from '../schema.js'\nexport default [native, table]`,
  'schema.ts': `import type { Unused } from './unused.js'\nexport const table: Unused = 1`,
  'pipelines/names.json': `{ "a": 1 }`,
  'lib/native.mjs': `export { default } from './deeper.js'`,
  'lib/deeper.js': `export default 1`,
  'unused.ts': `export type Unused = number`,
  'notes.md': 'notes',
}

let dir = ''
beforeEach(async () => {
  await mkdir(scratch, { recursive: true })
  dir = await mkdtemp(join(scratch, 'definitions-'))
  await lay(dir, project)
  return () => rm(dir, { recursive: true, force: true })
})

test('every module that was loaded counts, those that Node loads by itself too', async () => {
  expect(Object.keys((await definitions()).files)).toEqual([
    'carryover.config.ts',
    'lib/deeper.js',
    'lib/native.mjs',
    'pipelines/a.ts',
    'pipelines/b.ts',
    'pipelines/names.json',
    'schema.ts',
  ])
})

test('the folder of the project does not count', async () => {
  const other = join(dir, 'elsewhere')
  await lay(other, project)
  expect(await definitions(other)).toEqual(await definitions())
})

test.each(['carryover.config.ts', 'lib/deeper.js', 'pipelines/names.json', 'schema.ts', 'pipelines/b.ts'])(
  'a change of %s is another definition, and taken back it is the first again',
  async (path) => {
    const before = await definitions()
    await lay(dir, { [path]: `${project[path]}\n` })
    const after = await definitions()
    expect(after.modules).not.toBe(before.modules)
    expect(after.files[path]).not.toBe(before.files[path])
    await lay(dir, project)
    expect(await definitions()).toEqual(before)
  },
)

test('another version of the tool is another definition', async () => {
  expect((await definitions(dir, '2.0.0')).modules).not.toBe((await definitions()).modules)
})

test('the nearest lock file is a hash of its own', async () => {
  const before = await definitions(join(dir, 'app'), '1.0.0', dir)
  await lay(dir, { 'pnpm-lock.yaml': '1' })
  const above = await definitions(join(dir, 'app'), '1.0.0', dir)
  await lay(dir, { 'app/yarn.lock': '2' })
  const beside = await definitions(join(dir, 'app'), '1.0.0', dir)
  expect(new Set([before.packages, above.packages, beside.packages]).size).toBe(3)
  expect([above.modules, beside.modules]).toEqual([before.modules, before.modules])
})

test('another place to look for pipelines is another scope', async () => {
  const loader = openModuleLoader()
  const ground = { configFile: undefined, configDir: dir, pipelineDir: dir }
  const scopeOf = async (...pipelineGlobs: string[]) =>
    (await readDefinitions(loader, { ...ground, pipelineGlobs }, '1.0.0')).scope
  expect(await scopeOf('pipelines/*.ts')).toBe(await scopeOf(join(dir, 'pipelines/*.ts')))
  expect(await scopeOf('a.ts', 'b.ts')).toBe(await scopeOf('b.ts', 'a.ts'))
  expect(await scopeOf('other/*.ts')).not.toBe(await scopeOf('pipelines/*.ts'))
})

test('loaders at work at the same time come to the same', async () => {
  const alone = await definitions()
  const other = join(dir, 'elsewhere')
  await cp(join(dir, 'schema.ts'), join(other, 'schema.ts'), { recursive: true })
  await lay(other, project)
  const together = await Promise.all([definitions(), definitions(other), definitions(), definitions(other)])
  expect(together).toEqual([alone, alone, alone, alone])
})

/** The definitions of a project that is loaded as a run loads it. */
async function definitions(from = dir, toolVersion = '1.0.0', modulesFrom = from): Promise<Definitions> {
  const loader = openModuleLoader()
  for (const file of ['carryover.config.ts', 'pipelines/a.ts', 'pipelines/b.ts'])
    await loader.load(join(modulesFrom, file))
  const ground = { pipelineGlobs: ['pipelines/*.ts'], pipelineDir: from }
  const configFile = join(from, 'carryover.config.ts')
  return readDefinitions(loader, { ...ground, configFile, configDir: from }, toolVersion)
}

async function lay(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}
