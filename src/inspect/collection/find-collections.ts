import { SourceError, UsageError } from '../../errors.js'
import { findFiles } from '../../source/file/find-files.js'
import { formatOf } from '../../source/file/file-format.js'
import { formatJsonPointer } from '../../source/json/json-pointer.js'
import { outlineJson } from '../../source/outline-json.js'
import type { SourceFormat } from '../../source/source-definition.js'
import { findLists } from './find-lists.js'
import { nameCollections } from './name-collections.js'

/** A list of records that is to be profiled. */
export interface Collection {
  name: string
  /** As it was given: a path or a glob, relative to the working directory. */
  files: string
  /** JSON Pointer to the list; '' for the root. */
  at: string
  format: SourceFormat
}

/** What was asked for: a file or glob, and perhaps a pointer behind `#`. */
export interface Wanted {
  cwd: string
  at: string | undefined
  format: SourceFormat | undefined
  /** For the one collection there is. */
  name: string | undefined
  signal: AbortSignal | undefined
}

/**
 * The lists of records that `FILE`, `FILE#/pointer` and globs name. Where no pointer is given the document says itself
 * where its lists are; of a glob, its first file does.
 *
 * @throws SourceError when there is no such file, or a document has no list
 * @throws UsageError when a name is given for several collections
 */
export async function findCollections(targets: readonly string[], wanted: Wanted): Promise<Collection[]> {
  const found: Omit<Collection, 'name'>[] = []
  for (const target of targets) found.push(...(await listsOf(target, wanted)))
  if (wanted.name !== undefined && found.length !== 1) {
    throw new UsageError(
      'inspect.name',
      `A name was given, but there are ${found.length} collections: ${found.map(({ files, at }) => `${files}${at && `#${at}`}`).join(', ')}.`,
      { hint: 'Leave --name out, or inspect one of them alone: FILE#/pointer.' },
    )
  }
  return nameCollections(found, wanted.name)
}

async function listsOf(target: string, wanted: Wanted): Promise<Omit<Collection, 'name'>[]> {
  const { cwd, signal } = wanted
  const [first, pointer] = await locate(target, cwd)
  const files = first.pattern
  const format = wanted.format ?? formatOf(first.path)
  const at = pointer ?? wanted.at
  if (format === 'ndjson' || at !== undefined) return [{ files, at: at ?? '', format }]
  const { root, isSound } = await outlineJson(first, signal)
  const lists = findLists(root)
  if (lists.length === 0 && isSound) throw noList(first.displayPath)
  // Reading a broken document from its root tells what is wrong with it, and where.
  if (lists.length === 0) lists.push([])
  return lists.map((steps) => ({ files, at: formatJsonPointer(steps), format }))
}

/** The first file, and the pointer behind `#` unless that is a part of the name. */
async function locate(target: string, cwd: string) {
  const parts = /^(.+)#(\/.*)?$/.exec(target)
  const find = async (pattern: string) => {
    const [first] = await findFiles(pattern, {
      baseDir: cwd,
      displayDir: cwd,
      standardInput: noStandardInput,
    })
    return { ...first!, pattern }
  }
  try {
    return [await find(target), undefined] as const
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'source.not_found') throw error
    if (parts === null) throw notFound(target, cwd)
  }
  try {
    return [await find(parts[1]!), parts[2] ?? ''] as const
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'source.not_found') throw error
    throw notFound(parts[1]!, cwd)
  }
}

function notFound(pattern: string, cwd: string): SourceError {
  return new SourceError('source.not_found', `no file found for ${pattern} in ${cwd}`, {
    hint: 'Paths and globs are relative to the working directory.',
  })
}

async function noStandardInput(): Promise<never> {
  throw new SourceError('inspect.no_stdin', 'An inspection reads files, and - is standard input.', {
    hint: 'Save it to a file first: references and pairs of keys need a second reading.',
  })
}

function noList(displayPath: string): SourceError {
  return new SourceError(
    'inspect.no_list',
    `${displayPath}: expected a list of records, an array of objects or an object of them, found none.`,
    { hint: `Say where it is with a JSON Pointer: --at /path/to/list, or ${displayPath}#/path/to/list.` },
  )
}
