import { formatOf } from './file/file-format.js'
import type { FoundFile } from './file/find-files.js'
import type { ElementScanner } from './json/element.js'
import { ANY_STEP } from './json/json-pointer.js'
import { JsonScanner } from './json/json-scanner.js'
import type { ListSearch } from './json/list-search.js'
import { NdjsonScanner } from './json/ndjson-scanner.js'
import { NestedScanner } from './json/nested-scanner.js'
import type { SourceFormat } from './source-definition.js'

/** How the files of a source are read. */
export interface FileForm {
  /** By the extension of each file when it is not given. */
  format: SourceFormat | undefined
  /** The steps of `at`; undefined when it is not given. */
  steps: readonly string[] | undefined
  maxElementBytes: number
}

/** What one file is read as. */
export function formatOfFile(file: FoundFile, form: FileForm): SourceFormat {
  return form.format ?? formatOf(file.path)
}

/** A scanner for a file that nothing was read of; `search` learns of the lists that a `*` leads to. */
export function scannerFor(file: FoundFile, form: FileForm, search: ListSearch): ElementScanner {
  const { steps, maxElementBytes } = form
  const format = formatOfFile(file, form)
  if (format === 'ndjson') return new NdjsonScanner(file.displayPath, { maxElementBytes })
  const isConcatenated = format === 'concatenated'
  const pointer = steps ?? (isConcatenated ? undefined : [])
  return pointer?.includes(ANY_STEP)
    ? new NestedScanner(file.displayPath, { pointer, maxElementBytes, isConcatenated, search })
    : new JsonScanner(file.displayPath, { pointer, maxElementBytes, isConcatenated })
}
