import { SourceError } from '../errors.js'
import { FileText, type SourceFile } from './file/file-text.js'
import type { FoundFile } from './file/find-files.js'
import { newListSearch, type ListSearch } from './json/list-search.js'
import { checkElements } from './parse-elements.js'
import { formatOfFile, scannerFor, type FileForm } from './scanner-for.js'
import { scanText } from './scan-text.js'
import { throwIfAborted } from './throw-if-aborted.js'

/** What one file was found to be. */
interface ReadFile {
  /** Undefined when it is broken. */
  file: SourceFile | undefined
  fault: SourceError | undefined
  search: ListSearch
}

/** Files that were read through already, by path and form: several sources may share them. */
export type ReadFiles = Map<string, Promise<ReadFile>>

/**
 * Reads files to their end as strictly as for their records, and makes none: those that are sound, up to the first
 * that is not, and what is wrong with it.
 *
 * @throws AbortedError when the signal is aborted
 */
export async function readThrough(
  found: readonly FoundFile[],
  form: FileForm,
  known: ReadFiles,
  signal: AbortSignal | undefined,
): Promise<{ files: SourceFile[]; fault: SourceError | undefined }> {
  const files: SourceFile[] = []
  let isMet = false
  let missing: SourceError | undefined
  for (const each of found) {
    const id = JSON.stringify([each.path, formatOfFile(each, form), form.steps, form.maxElementBytes])
    const reading = known.get(id) ?? readFile(each, form, signal)
    known.set(id, reading)
    const { file, fault, search } = await reading
    if (file === undefined) return { files, fault }
    files.push(file)
    isMet ||= search.isMet
    missing ??= search.missing
  }
  return { files, fault: isMet ? undefined : missing }
}

async function readFile(
  found: FoundFile,
  form: FileForm,
  signal: AbortSignal | undefined,
): Promise<ReadFile> {
  const search = newListSearch()
  const scanner = scannerFor(found, form, search)
  const text = new FileText(found)
  try {
    for await (const _ of scanText(
      text.pieces(() => scanner.location),
      scanner,
    )) {
      throwIfAborted(signal)
      const fault = checkElements(scanner)
      if (fault !== undefined) return { file: undefined, fault, search }
    }
    return { file: text.finish(), fault: undefined, search }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { file: undefined, fault: error, search }
  }
}
