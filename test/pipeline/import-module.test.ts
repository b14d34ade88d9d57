import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { openModuleLoader } from '../../src/pipeline/import-module.js'

// Inside the repository, so that zod is found as a user's project finds it.
const scratch = fileURLToPath(new URL('../../.tmp', import.meta.url))

const files = {
  // Not `"type": "module"`: what is written as a module is one all the same.
  'package.json': '{}',
  'schema.ts': `export const it: string = 'schema.ts'`,
  'folder/index.ts': `export const it: string = 'folder/index.ts'`,
  'module.mts': `export const it: string = 'module.mts'`,
  'common.cts': `export const it: string = 'common.cts'`,
  'view.tsx': `export const it: string = 'view.tsx'`,
  'plain.js': `export const it = 'plain.js'`,
  'native.mjs': `export const it = 'native.mjs'`,
  'old.cjs': `exports.it = 'old.cjs'`,
  'data.json': '{ "it": "data.json" }',
}

let dir = ''
beforeEach(async () => {
  await mkdir(scratch, { recursive: true })
  dir = await mkdtemp(join(scratch, 'modules-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
  return () => rm(dir, { recursive: true })
})

test.each([
  ['./schema.js', 'schema.ts'],
  ['./schema.ts', 'schema.ts'],
  ['./schema', 'schema.ts'],
  ['./folder', 'folder/index.ts'],
  ['./folder/index.js', 'folder/index.ts'],
  ['./module.mjs', 'module.mts'],
  ['./module.mts', 'module.mts'],
  ['./common.cjs', 'common.cts'],
  ['./view', 'view.tsx'],
  ['./plain.js', 'plain.js'],
  ['./plain', 'plain.js'],
  ['./native.mjs', 'native.mjs'],
  ['./old.cjs', 'old.cjs'],
  ['./data.json', 'data.json'],
])('an import of %s finds %s', async (specifier, file) => {
  const isData = specifier.endsWith('.json')
  const imported = isData
    ? `import data from '${specifier}'; const { it } = data`
    : `import { it } from '${specifier}'`
  await writeFile(join(dir, 'main.ts'), `${imported}\nexport const found: string = it`)
  expect((await openModuleLoader().load(join(dir, 'main.ts')))['found']).toBe(file)
})

test('a package is that of the project, and carryover the one that runs', async () => {
  await writeFile(
    join(dir, 'main.ts'),
    `import { z } from 'zod'\nimport { definePipeline } from 'carryover'\nexport const found = [typeof z.object, typeof definePipeline]`,
  )
  expect((await openModuleLoader().load(join(dir, 'main.ts')))['found']).toEqual(['function', 'function'])
})

test('a file that is edited is loaded anew by the next loader, and one that is not there is named', async () => {
  await writeFile(join(dir, 'main.ts'), `import { it } from './schema.js'\nexport const found = it`)
  const load = async () => (await openModuleLoader().load(join(dir, 'main.ts')))['found']
  expect(await load()).toBe('schema.ts')
  await writeFile(join(dir, 'schema.ts'), `export const it = 'edited'`)
  expect(await load()).toBe('edited')
  await rm(join(dir, 'schema.ts'))
  await expect(load()).rejects.toThrow('schema')
})
