import { DefinitionError } from '../errors.js'
import { FilePass } from './file-pass.js'
import { formatOf } from './file/file-format.js'
import type { FoundFile } from './file/find-files.js'
import { parseJsonPointer } from './json/json-pointer.js'
import type { OpenSource, SourceFile } from './open-source.js'
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
export function openFiles(found: readonly FoundFile[], options: FilesOptions): OpenSource {
  const pointer = parseJsonPointer(options.at ?? '')
  const files = found.map((file) => ({ ...file, format: options.format ?? formatOf(file.path) }))
  const lines = files.find((file) => file.format === 'ndjson')
  if (lines !== undefined && options.at !== undefined) throw atWithNdjson(lines.displayPath)

  let lastComplete: SourceFile[] = []
  let current: FilePass | undefined
  return {
    async *chunks(signal) {
      const pass = new FilePass(files, { ...options, pointer })
      current = pass
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
      hint: "Leave 'at' out, or say format: 'json' when the file is one JSON document.",
    },
  )
}
