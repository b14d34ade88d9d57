import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { glob } from 'tinyglobby'
import type { ProjectFiles } from './check.js'

/** Code, configuration and environments; not what was installed or built. */
const globs = ['**/*.{ts,mts,cts,js,mjs,cjs,json,yaml,yml,toml}', '**/.env*', '.railway/**', 'Dockerfile*']
const ignored = [
  '**/node_modules/**',
  '**/dist/**',
  '**/build/**',
  '**/coverage/**',
  '**/package-lock.json',
  '**/.git/**',
]
/** Larger ones are data. */
const mostBytes = 512 * 1024

/** The files of a project that an audit reads. */
export async function readProjectFiles(dir: string): Promise<ProjectFiles> {
  const paths = await glob(globs, { cwd: dir, ignore: ignored, dot: true, onlyFiles: true })
  const texts = new Map<string, string>()
  for (const path of paths.toSorted()) {
    const bytes = await readFile(`${dir}/${path}`).catch(() => undefined)
    if (bytes !== undefined && bytes.length <= mostBytes) texts.set(path, bytes.toString('utf8'))
  }
  return { dir, texts, tracked: await trackedFiles(dir) }
}

async function trackedFiles(dir: string): Promise<Set<string> | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: dir, maxBuffer: 2 ** 26 })
    return new Set(stdout.split('\0').filter(Boolean))
  } catch {
    return undefined // no git, or no repository
  }
}
