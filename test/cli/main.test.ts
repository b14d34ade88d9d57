import { spawn } from 'node:child_process'
import { mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** Runs the built program as a process of its own; `leaveEarly` closes its stdout before it writes. */
async function spawned(path: string, args: string[], leaveEarly = false) {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  if (leaveEarly) child.stdout.destroy()
  else child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  const exitCode = await new Promise((resolve) => child.on('close', resolve))
  return { ...said, exitCode }
}

it('the program works through the link that an installation makes', async () => {
  const link = join(await mkdtemp(join(tmpdir(), 'carryover-bin-')), 'carryover')
  await symlink(main, link)
  expect(await spawned(link, ['--version'])).toMatchObject({ exitCode: 0, stderr: '' })
})

it('the exit code of a wrong command line is 64', async () => {
  expect(await spawned(main, ['plna'])).toMatchObject({
    exitCode: 64,
    stdout: '',
    stderr: "error: unknown command 'plna'\n  → Did you mean plan?\n",
  })
})

it('a reader that leaves early hears no complaint', async () => {
  expect(await spawned(main, ['--help'], true)).toMatchObject({ exitCode: 0, stderr: '' })
})
