import { DefinitionError, SourceError, type CarryoverError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { openSpool, type StandardInput } from '../source/file/spool.js'
import { openSource, type OpenSource } from '../source/open-source.js'
import type { ReadFiles } from '../source/read-through.js'

/** The sources of all pipelines of a run. */
export interface Sources {
  of(pipeline: CompiledPipeline): OpenSource
  /** What is wrong with them, each thing once, and is not to be lived with; nothing may then be written. */
  readonly broken: readonly CarryoverError[]
  close(): Promise<void>
}

/**
 * Opens the source of every pipeline and reads its files through once, so that a broken one is known before anything is
 * written. Standard input is kept until `close`.
 *
 * @throws UsageError when a pipeline reads standard input, and it is a terminal
 * @throws AbortedError when the signal is aborted
 */
export async function openSources(
  pipelines: readonly CompiledPipeline[],
  {
    displayDir,
    stdin,
    signal,
  }: { displayDir: string; stdin: StandardInput | undefined; signal: AbortSignal },
): Promise<Sources> {
  const spool = openSpool(stdin, signal)
  const known: ReadFiles = new Map()
  const opened = new Map<string, OpenSource>()
  const broken = new Map<string, CarryoverError>()
  const keepGoing = (error: unknown) => {
    if (!(error instanceof SourceError || error instanceof DefinitionError)) throw error
    broken.set(error.message, error)
  }
  try {
    for (const pipeline of pipelines) {
      const { source, dir: baseDir, limits } = pipeline
      try {
        const open = await openSource(source, {
          baseDir,
          displayDir,
          spool,
          maxElementBytes: limits.recordBytes,
        })
        opened.set(pipeline.name, open)
        await open.readThrough(known, signal).catch((error: unknown) => {
          if (!(error instanceof SourceError) || limits.truncated === 'refuse') throw error
        })
      } catch (error) {
        keepGoing(error)
      }
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
