import { stat, type FileHandle } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { SourceError } from '../../errors.js'
import { STANDARD_INPUT } from '../source-definition.js'
import { portablePath } from './portable-path.js'
import { unreadableFault } from './unreadable-fault.js'

/** A file of a source before it is read. */
export interface FoundFile {
  /** Absolute. */
  path: string
  /** As the user would type it. */
  displayPath: string
  bytes: number
  /** What every record of the file is told. */
  surroundings: { readonly $file: string }
  /** Given when the file is open already, because it has no name any more. */
  handle?: FileHandle
}

/** Where files are looked for. */
export interface FileLookup {
  /** The folder that paths and globs are relative to. */
  baseDir: string
  /** Paths inside it are shown relative to it. */
  displayDir: string
  /** What the name `-` stands for. */
  standardInput: () => Promise<FoundFile>
}

/**
 * The files that paths and globs name: in the order of the list, those of a glob sorted, none twice.
 *
 * @throws SourceError when one of them names no file, or a file cannot be looked at
 */
export async function findFiles(
  wanted: string | readonly string[],
  lookup: FileLookup,
): Promise<FoundFile[]> {
  const { baseDir } = lookup
  const patterns = typeof wanted === 'string' ? [wanted] : wanted
  const paths = new Set<string>()
  for (const pattern of patterns) {
    const found = pattern === STANDARD_INPUT ? [pattern] : await resolvePattern(pattern, baseDir)
    if (found.length === 0) throw notFound(pattern, baseDir)
    for (const path of found) paths.add(path)
  }
  if (paths.size === 0) throw notFound('an empty list of files', baseDir)
  return Promise.all(
    [...paths].map((path) => (path === STANDARD_INPUT ? lookup.standardInput() : lookAt(path, lookup))),
  )
}

/** How large a file is now. @throws SourceError when it cannot be looked at */
export async function sizeOf({ path, displayPath, handle }: FoundFile): Promise<number> {
  return (await statsOf(path, displayPath, handle)).size
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

async function lookAt(path: string, { baseDir, displayDir }: FileLookup): Promise<FoundFile> {
  const inside = relative(displayDir, path)
  const displayPath = inside.startsWith('..') || isAbsolute(inside) ? path : inside
  const stats = await statsOf(path, displayPath)
  if (stats.isDirectory()) throw unreadableFault(displayPath, { code: 'EISDIR' })
  return { path, displayPath, bytes: stats.size, surroundings: { $file: portablePath(baseDir, path) } }
}

async function statsOf(path: string, displayPath: string, handle?: FileHandle) {
  try {
    return await (handle === undefined ? stat(path) : handle.stat())
  } catch (error) {
    throw unreadableFault(displayPath, error)
  }
}

function notFound(pattern: string, baseDir: string): SourceError {
  return new SourceError('source.not_found', `no file found for ${pattern} in ${baseDir}`, {
    hint: 'Paths and globs are relative to the folder of the pipeline file.',
  })
}
