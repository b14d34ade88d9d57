import { UsageError, type CarryoverError } from '../errors.js'
import { findCollections } from '../inspect/collection/find-collections.js'
import { inspectCollections, type InspectProgress } from '../inspect/inspect-collections.js'
import type { InspectReport } from './command-reports.js'
import type { CommonOptions, RunOptions } from './options.js'
import { measureProgress } from './progress-meter.js'
import { endWithError } from './report-error.js'
import { writeScaffold } from './write-scaffold.js'

/** Options of `inspect`. */
export interface InspectOptions
  extends Pick<CommonOptions, 'cwd' | 'signal' | 'showValues'>, Pick<RunOptions, 'onProgress'> {
  /** Paths and globs; `FILE#/pointer` names one list in a document. Each is a collection of its own. */
  files: readonly string[]
  /** JSON Pointer to the list, for files that say none. Default: a document's own lists are found. */
  at?: string
  /** Default: by the file's extension. */
  format?: 'json' | 'ndjson' | 'concatenated'
  /** What to call the one collection there is. Default: by its pointer or file. */
  name?: string
  /** A folder to write pipelines, enums and tables to, unless a file is broken; nothing that is there is overwritten. */
  scaffold?: string
  /** A module that has the tables already: the scaffold then writes none. */
  schema?: string
}

/**
 * Profiles legacy JSON of any size: fields, types, keys, references. Asks no database; with `scaffold` it writes
 * pipelines for what it found. What was read before an error is in the report all the same.
 */
export async function inspect(options: InspectOptions): Promise<InspectReport> {
  const report: InspectReport = {
    schemaVersion: 1,
    command: 'inspect',
    status: 'ok',
    exitCode: 0,
    errors: [],
    collections: [],
    scaffold: null,
  }
  try {
    const { cwd = process.cwd(), at, format, name, signal, showValues = false } = options
    if (options.files.length === 0) throw nothingNamed()
    const collections = await findCollections(options.files, { cwd, at, format, name, signal })
    const onProgress = progress(options.onProgress, collections.length)
    const settings = { cwd, showValues, signal, onProgress }
    const { profiles, faults } = await inspectCollections(collections, settings)
    report.collections = profiles
    // Several lists of one document meet the same error behind them.
    const told = new Map(faults.map((fault) => [fault.message, fault]))
    for (const fault of told.values()) fail(report, fault)
    if (options.scaffold !== undefined && faults.length === 0) {
      const { schema } = options
      report.scaffold = await writeScaffold(profiles, { cwd, folder: options.scaffold, schema })
    }
  } catch (error) {
    fail(report, error)
  }
  return report
}

function fail(report: InspectReport, error: unknown): void {
  endWithError(report, error)
}

function nothingNamed(): CarryoverError {
  return new UsageError('usage.no_files', 'Expected at least one file to inspect, found none.', {
    hint: "Name files or globs: inspect({ files: ['legacy/users.json'] }).",
  })
}

/** Turns what was read into progress as every command tells it. */
function progress(
  listener: InspectOptions['onProgress'],
  count: number,
): (progress: InspectProgress) => void {
  let collection = 0
  let startedAt = 0
  return ({ collection: pipeline, index, records, bytesRead, totalBytes }) => {
    const now = performance.now()
    if (index !== collection) startedAt = now
    collection = index
    const elapsedMs = now - startedAt
    listener?.(
      measureProgress({ pipeline, index, count, records, rejected: 0, bytesRead, totalBytes, elapsedMs }),
    )
  }
}
