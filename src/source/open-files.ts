import { DefinitionError } from '../errors.js'
import { unwatched } from './at-work.js'
import { FilePass } from './file-pass.js'
import type { SourceFile } from './file/file-text.js'
import type { FoundFile } from './file/find-files.js'
import { parseJsonPointer } from './json/json-pointer.js'
import type { OpenSource } from './open-source.js'
import { readThrough } from './read-through.js'
import { formatOfFile, type FileForm } from './scanner-for.js'
import type { SourceFormat } from './source-definition.js'

/** How the files of a source are read. */
export interface FilesOptions {
  at: string | undefined
  format: SourceFormat | undefined
  chunkRecords: number
  maxElementBytes: number
}

/**
 * A source over files, read one after the other.
 *
 * @throws DefinitionError when `at` is no JSON Pointer, or is given for NDJSON
 */
export function openFiles(files: readonly FoundFile[], options: FilesOptions): OpenSource {
  const { at, format, maxElementBytes, chunkRecords } = options
  const steps = at === undefined ? undefined : parseJsonPointer(at)
  const form: FileForm = { format, steps, maxElementBytes }
  const lines = files.find((file) => formatOfFile(file, form) === 'ndjson')
  if (lines !== undefined && steps !== undefined) throw atWithNdjson(lines.displayPath)

  let expected: SourceFile[] = []
  let lastComplete: SourceFile[] = []
  let current: FilePass | undefined
  return {
    async readThrough(known, signal) {
      const read = await readThrough(files, form, known, signal)
      expected = read.files
      if (read.fault !== undefined) throw read.fault
      lastComplete = expected
    },
    async *chunks(signal, atWork = unwatched) {
      const pass = new FilePass(files, { ...form, chunkRecords, expected, atWork })
      current = pass
      lastComplete = []
      yield* pass.chunks(signal)
      lastComplete = pass.files
    },
    files: () => lastComplete,
    totalBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    bytesRead: () => current?.bytesRead ?? 0,
  }
}

function atWithNdjson(displayPath: string): DefinitionError {
  return new DefinitionError(
    'source.at_with_ndjson',
    `'at' is given, but ${displayPath} is NDJSON, a record a line`,
    {
      hint: "Leave 'at' out, or say format: 'json' when the file is one JSON document, 'concatenated' when it is several.",
    },
  )
}
