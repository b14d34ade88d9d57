import { stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { SourceError } from '../../errors.js'
import { unreadableFault } from './unreadable-fault.js'

/** A file of a source before it is read. */
export interface FoundFile {
  /** Absolute. */
  path: string
  /** As the user would type it. */
  displayPath: string
  bytes: number
}

/**
 * The files that paths and globs name: in the order of the list, those of a glob sorted, none twice.
 *
 * @throws SourceError when one of them names no file, or a file cannot be looked at
 */
export async function findFiles(
  wanted: string | readonly string[],
  { baseDir, displayDir }: { baseDir: string; displayDir: string },
): Promise<FoundFile[]> {
  const patterns = typeof wanted === 'string' ? [wanted] : wanted
  const paths = new Set<string>()
  for (const pattern of patterns) {
    const found = await resolvePattern(pattern, baseDir)
    if (found.length === 0) throw notFound(pattern, baseDir)
    for (const path of found) paths.add(path)
  }
  if (paths.size === 0) throw notFound('an empty list of files', baseDir)
  return Promise.all([...paths].map((path) => lookAt(path, displayDir)))
}

/** A name that exists is taken as it is, even if it could be read as a glob: `users[1].json`. */
async function resolvePattern(pattern: string, baseDir: string): Promise<string[]> {
  const path = resolve(baseDir, pattern)
  const exists = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )
  if (exists) return [path]
  if (!isDynamicPattern(pattern)) return []
  const found = await glob(pattern, { cwd: baseDir, absolute: true, expandDirectories: false })
  return found.map((match) => resolve(match)).toSorted()
}

async function lookAt(path: string, displayDir: string): Promise<FoundFile> {
  const inside = relative(displayDir, path)
  const displayPath = inside.startsWith('..') || isAbsolute(inside) ? path : inside
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadableFault(displayPath, error)
  })
  if (stats.isDirectory()) throw unreadableFault(displayPath, { code: 'EISDIR' })
  return { path, displayPath, bytes: stats.size }
}

function notFound(pattern: string, baseDir: string): SourceError {
  return new SourceError('source.not_found', `no file found for ${pattern} in ${baseDir}`, {
    hint: 'Paths and globs are relative to the folder of the pipeline file.',
  })
}
