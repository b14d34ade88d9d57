import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readPlanFile, writePlanFile } from '../../src/run/plan-file.js'
import type { SavedPlan } from '../../src/run/saved-plan.js'
import { noOutcomes } from '../../src/run/tally.js'

const plan: SavedPlan = {
  toolVersion: '1.2.3',
  createdAt: '2026-01-02T03:04:05.678Z',
  salt: 'salt',
  target: { dialect: 'sqlite', database: 'shop.sqlite' },
  only: [],
  policies: { missing: 'delete' },
  scope: 's',
  files: { 'pipelines/users.ts': 'abc' },
  lastRun: null,
  pipelines: [
    {
      name: 'users',
      sources: [{ path: 'users.json', sha256: 'def' }],
      outcomes: noOutcomes(),
      digest: '12',
      given: null,
      records: [['0123456789012345', 'aa']],
    },
  ],
}

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'carryover-plan-'))
})

test('a plan is read as it was written', async () => {
  await writePlanFile(dir, 'plan.json', plan)
  expect(await readPlanFile(dir, 'plan.json')).toEqual(plan)
})

test('a plan takes the place of an older one, is its owner’s alone, and leaves nothing beside it', async () => {
  await writeFile(join(dir, 'plan.json'), 'older', { mode: 0o644 })
  await writePlanFile(dir, 'plan.json', plan)
  expect(await readPlanFile(dir, 'plan.json')).toEqual(plan)
  expect((await stat(join(dir, 'plan.json'))).mode & 0o777).toBe(0o600)
  expect(await readdir(dir)).toEqual(['plan.json'])
})

test('where there is no such folder, no plan is written', async () => {
  await expect(writePlanFile(dir, 'no/plan.json', plan)).rejects.toMatchObject({
    code: 'plan.not_written',
    exitCode: 1,
    message: 'The plan could not be written to no/plan.json (ENOENT).',
  })
})

test.each([
  ['is not there', undefined, 'plan.unreadable'],
  ['is no JSON', 'hello', 'plan.invalid'],
  ['is null', 'null', 'plan.invalid'],
  ['is something else', '{"plan":{}}', 'plan.invalid'],
  ['holds no plan', '{"carryoverPlan":1}', 'plan.invalid'],
  ['is of a newer form', '{"carryoverPlan":99}', 'plan.newer'],
])('a file that %s is a wrong command', async (_, text, code) => {
  if (text !== undefined) await writeFile(join(dir, 'plan.json'), text)
  await expect(readPlanFile(dir, 'plan.json')).rejects.toMatchObject({ code, exitCode: 64 })
})

test('a plan that was edited or cut off is a wrong command', async () => {
  await writePlanFile(dir, 'plan.json', plan)
  const text = await readFile(join(dir, 'plan.json'), 'utf8')
  for (const other of [text.replace('"only":[]', '"only":["users"]'), text.slice(0, -20)]) {
    await writeFile(join(dir, 'plan.json'), other)
    await expect(readPlanFile(dir, 'plan.json')).rejects.toMatchObject({ code: 'plan.invalid' })
  }
})
