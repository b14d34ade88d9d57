import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { cli } from './run-in-process.js'

async function scratch(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'carryover-doctor-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

it('doctor exits with what the audit says', async () => {
  expect(await cli('doctor')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('visits.id') })
})

it('doctor --sql writes a file to review beside the report', async () => {
  const cwd = await scratch()
  const { stdout } = await cli('doctor --sql mend.sql', { cwd })
  expect(stdout).toContain('error key.no_default')
  expect(await readFile(join(cwd, 'mend.sql'), 'utf8')).toContain('CREATE SEQUENCE visits_id_seq')
})

it.each([
  ['doctor --format github', /^::error title=key\.no_default::/],
  ['doctor --format sarif', /^\{\n {2}"\$schema": /],
])('%s prints that and nothing else', async (line, beginning) => {
  expect((await cli(line)).stdout).toMatch(beginning)
})

it('doctor refuses a format and a list of checks that are none', async () => {
  expect(await cli('doctor --format html')).toMatchObject({ exitCode: 64, calls: [] })
  expect(await cli('doctor --only key,,enum')).toMatchObject({ exitCode: 64, calls: [] })
})

it('sequences takes no names of pipelines', async () => {
  expect(await cli('sequences users')).toMatchObject({ exitCode: 64, calls: [] })
})
