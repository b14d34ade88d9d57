import type { AtWork } from './at-work.js'
import type { SourceFile } from './file/file-text.js'
import { findFiles } from './file/find-files.js'
import { openSpool, type Spool } from './file/spool.js'
import { openFiles } from './open-files.js'
import { openFunction } from './open-function.js'
import type { RawRecord } from './raw-record.js'
import type { ReadFiles } from './read-through.js'
import type { SourceDefinition } from './source-definition.js'

/** A source that can be read any number of times. */
export interface OpenSource {
  /**
   * Reads the files to their end without making records; every later pass must then find the same bytes. What a function
   * gives cannot be read ahead of its records: nothing is done then.
   *
   * @param known files that were read through for another source
   * @throws SourceError when a file cannot be read or is not what its format says
   * @throws AbortedError when the signal is aborted
   */
  readThrough(known: ReadFiles, signal?: AbortSignal): Promise<void>
  /**
   * The records from the beginning, in the order of the files, in chunks, because an await for each is slow.
   * What stands before an error is handed out before it is thrown.
   *
   * @param atWork does what takes the process time, for whoever measures it
   *
   * @throws SourceError when a file cannot be read, is not what its format says, or changed since it was read through
   * @throws AbortedError when the signal is aborted
   */
  chunks(signal?: AbortSignal, atWork?: AtWork): AsyncIterable<RawRecord[]>
  /** The files read by the last complete pass, or read through; empty before that, and for function sources. */
  files(): SourceFile[]
  /** Size of all files as they are stored; undefined for function sources. */
  totalBytes: number | undefined
  /** How many of these the current pass has read. */
  bytesRead(): number
}

/** How a source is opened. */
export interface SourceOptions {
  /** The folder of the pipeline file, to which paths and globs are relative. */
  baseDir: string
  /** Paths inside it are shown relative to it. */
  displayDir: string
  /** The most records in a chunk; 1,000 by default. */
  chunkRecords?: number
  /** The largest record that is read; 64 MiB by default. */
  maxElementBytes?: number
  /** What `-` is read from; without one there is no standard input. */
  spool?: Spool
}

const CHUNK_RECORDS = 1_000
const MAX_ELEMENT_BYTES = 64 * 1024 * 1024

/**
 * A source ready to be read; its files are found and measured.
 *
 * @throws SourceError when there is no such file
 * @throws DefinitionError when `at` is no JSON Pointer, or is given for NDJSON, or there is no standard input
 * @throws UsageError when standard input is a terminal
 */
export async function openSource(definition: SourceDefinition, options: SourceOptions): Promise<OpenSource> {
  const { baseDir, displayDir, chunkRecords = CHUNK_RECORDS, maxElementBytes = MAX_ELEMENT_BYTES } = options
  if (typeof definition === 'function') return openFunction(definition, { chunkRecords })
  const { spool = openSpool(undefined, undefined) } = options
  const files = await findFiles(definition.files, { baseDir, displayDir, standardInput: () => spool.file() })
  return openFiles(files, { at: definition.at, format: definition.format, chunkRecords, maxElementBytes })
}
