import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AbortedError, DefinitionError, SourceError, UsageError } from '../../errors.js'
import { untilAborted } from '../until-aborted.js'
import { STANDARD_INPUT } from '../source-definition.js'
import type { FoundFile } from './find-files.js'

/** Bytes that come once, as those of a pipe. */
export interface StandardInput extends AsyncIterable<Uint8Array> {
  /** True for a terminal, which would let us wait. */
  readonly isTTY?: boolean | undefined
  /** Says that nobody reads on. */
  destroy?(): unknown
}

/** Keeps what comes once in a temporary file, so that it can be read several times. */
export interface Spool {
  /**
   * The file; it is filled when it is first asked for, and every later call gives the same one.
   *
   * @throws DefinitionError when there is no standard input
   * @throws UsageError when it is a terminal
   * @throws SourceError when it cannot be read or kept
   * @throws AbortedError when the signal is aborted
   */
  file(): Promise<FoundFile>
  /** Gives the space back. */
  close(): Promise<void>
}

/** A spool over standard input. Nothing is read, and no file made, before it is asked for. */
export function openSpool(input: StandardInput | undefined, signal: AbortSignal | undefined): Spool {
  let filled: Promise<FoundFile> | undefined
  let remove: () => Promise<void> = async () => {}
  const fill = async (): Promise<FoundFile> => {
    const source = readable(input)
    const { handle, ...temporary } = await openTemporary()
    remove = temporary.remove
    let bytes = 0
    try {
      for await (const piece of untilAborted(source, signal)) {
        await handle.write(piece, 0, piece.length, bytes)
        bytes += piece.length
      }
    } catch (error) {
      throw error instanceof AbortedError ? error : notKept(error)
    } finally {
      // Whoever writes to a pipe that is read no longer must not hold the process.
      source.destroy?.()
    }
    return {
      path: STANDARD_INPUT,
      displayPath: 'stdin',
      bytes,
      surroundings: { $file: STANDARD_INPUT },
      handle,
    }
  }
  return {
    file: () => (filled ??= fill()),
    close: async () => {
      await filled?.catch(() => undefined)
      await remove()
    },
  }
}

function readable(input: StandardInput | undefined): StandardInput {
  if (input === undefined) {
    throw new DefinitionError(
      'source.no_stdin',
      "the source is '-', but there is no standard input to read",
      {
        hint: 'Hand it over as the option stdin, or name a file.',
      },
    )
  }
  if (input.isTTY === true) {
    throw new UsageError('usage.stdin_terminal', "the source is '-', but standard input is a terminal", {
      hint: 'Pipe the data in: zcat users.json.gz | carryover run, or carryover run < users.json',
    })
  }
  return input
}

/** A file that disappears with the process: its name is removed as soon as it is open, where the system allows that. */
async function openTemporary(): Promise<{ handle: FileHandle; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-')).catch((error: unknown) => {
    throw notKept(error)
  })
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  try {
    const handle = await open(join(folder, 'stdin'), 'wx+', 0o600)
    await removeFolder().catch(() => undefined)
    const remove = async () => {
      await handle.close()
      await removeFolder()
    }
    return { handle, remove }
  } catch (error) {
    await removeFolder()
    throw notKept(error)
  }
}

function notKept(error: unknown): SourceError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
  return new SourceError('source.stdin', `standard input cannot be read, or kept in ${tmpdir()}: ${code}`, {
    hint: 'It is kept in a temporary file for as long as the command runs: TMPDIR may name a folder with more space.',
    cause: error,
  })
}
