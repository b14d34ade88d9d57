import { DefinitionError, SourceError, type CarryoverError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { AtWork } from '../source/at-work.js'
import { openSpool, type StandardInput } from '../source/file/spool.js'
import { openSource, type OpenSource } from '../source/open-source.js'
import type { ReadLegacy } from './records.js'
import type { ReadFiles } from '../source/read-through.js'

/** What the records of one pipeline are read from; `chunks` begins anew each time. */
export interface LegacySource extends Pick<OpenSource, 'files' | 'totalBytes' | 'bytesRead'> {
  chunks(signal: AbortSignal, atWork?: AtWork): AsyncIterable<readonly ReadLegacy[]>
}

/** The sources of all pipelines of a run. */
export interface Sources {
  of(pipeline: CompiledPipeline): LegacySource
  /** What is wrong with them, each thing once; nothing may then be written. */
  readonly broken: readonly CarryoverError[]
  close(): Promise<void>
}

/** Where sources are read from. */
interface Ground {
  displayDir: string
  stdin: StandardInput | undefined
  signal: AbortSignal
}

/**
 * Opens the source of every pipeline, and reads its files through where nothing of a broken source may be applied, so
 * that this is known before anything is written. Standard input is kept until `close`.
 *
 * @throws UsageError when a pipeline reads standard input, and it is a terminal
 * @throws AbortedError when the signal is aborted
 */
export async function openSources(
  pipelines: readonly CompiledPipeline[],
  { displayDir, stdin, signal }: Ground,
): Promise<Sources> {
  const spool = openSpool(stdin, signal)
  const known: ReadFiles = new Map()
  const opened = new Map<string, OpenSource>()
  const broken = new Map<string, CarryoverError>()
  const open = async ({ name, source, dir: baseDir, limits }: CompiledPipeline): Promise<void> => {
    const options = { baseDir, displayDir, spool, maxElementBytes: limits.recordBytes }
    const openedSource = await openSource(source, options)
    opened.set(name, openedSource)
    if (limits.truncated === 'refuse') await openedSource.readThrough(known, signal)
  }
  try {
    for (const pipeline of pipelines) {
      await open(pipeline).catch((error: unknown) => {
        if (!(error instanceof SourceError || error instanceof DefinitionError)) throw error
        broken.set(error.message, error)
      })
    }
  } catch (error) {
    await spool.close()
    throw error
  }
  return {
    of: ({ name }) => opened.get(name) as OpenSource,
    broken: [...broken.values()],
    close: () => spool.close(),
  }
}
