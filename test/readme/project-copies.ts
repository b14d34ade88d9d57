import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FencedBlock } from './fenced-blocks.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a clone has; what an import leaves behind stays where it is. */
const notCloned = new Set(['node_modules', 'dist', 'coverage', 'bench'])

/** A clone of this project after `npm ci`, in a folder of its own. */
export async function cloneProject(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'carryover-clone-'))
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || notCloned.has(entry.name) || /\.sqlite/.test(entry.name)) continue
    await cp(join(root, entry.name), join(directory, entry.name), { recursive: true })
  }
  await linkModules(directory)
  await symlink(join(root, 'node_modules', '.bin'), join(directory, 'node_modules', '.bin'))
  return directory
}

/** A project of a user's: the files that a guide shows, and carryover installed from `clone`. */
export async function newProject(clone: string, blocks: readonly FencedBlock[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'carryover-project-'))
  await linkModules(directory)
  await symlink(clone, join(directory, 'node_modules', 'carryover'))
  await mkdir(join(directory, 'node_modules', '.bin'))
  await chmod(join(clone, 'dist', 'cli', 'main.js'), 0o755) // npm does this for every command it installs.
  await symlink('../carryover/dist/cli/main.js', join(directory, 'node_modules', '.bin', 'carryover'))
  await writeFile(join(directory, 'package.json'), '{ "name": "shop", "private": true, "type": "module" }\n')
  for (const { language, text } of blocks) {
    const name = language === 'json' ? 'legacy/customers.json' : /^\/\/ (\S+)$/m.exec(text)?.[1]
    if (name === undefined) throw new Error(`A block of ${language} does not name its file.`)
    await mkdir(dirname(join(directory, name)), { recursive: true })
    await writeFile(join(directory, name), text + '\n')
  }
  return directory
}

/** How a command ended. */
export interface Ended {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a shell command as a user types it, with nothing of carryover in the environment but what `env` adds. */
export function runShell(command: string, cwd: string, env: Record<string, string> = {}): Promise<Ended> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(CARRYOVER|DATABASE|RAILWAY|VITEST|NODE_ENV)/.test(name),
  )
  const options = { cwd, env: { ...Object.fromEntries(own), NO_COLOR: '1', ...env }, timeout: 60_000 }
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', command], options, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
    })
  })
}

/** Links to every installed package; the folder itself is the project's own, so that nobody's cache is shared. */
async function linkModules(directory: string): Promise<void> {
  await mkdir(join(directory, 'node_modules'))
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name.startsWith('.')) continue
    await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name))
  }
}
