import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../errors.js'
import type { Finding } from './diagnose.js'

/** Where findings stand that are accepted. */
export interface BaselinePlace {
  /** The folder of the project; absolute. */
  readonly dir: string
  /** Undefined: the usual file, which need not be there. */
  readonly file: string | undefined
}

type Accepted = Pick<Finding, 'code' | 'object'>

const usualFile = 'doctor-baseline.json'

/**
 * Tells whether a finding is accepted: its code and what it is about stand in the file.
 * @throws UsageError `usage.baseline` when the file is not one, or is named and not there
 */
export async function readBaseline({ dir, file }: BaselinePlace): Promise<(finding: Accepted) => boolean> {
  const path = resolve(dir, file ?? usualFile)
  try {
    const accepted = new Set((await readAccepted(path)).map(identity))
    return (finding) => accepted.has(identity(finding))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    if (file === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return () => false
    throw new UsageError('usage.baseline', `The baseline ${path} cannot be read.`, {
      hint: 'Write one with `carryover doctor --update-baseline`, or check the path.',
      cause,
    })
  }
}

/**
 * Accepts these findings; of the checks that were made, no others. What was accepted of other checks stays accepted.
 * @param made the codes of the checks that were made
 * @throws UsageError `usage.baseline` when the file that is there is not one, `usage.cannot_write`
 */
export async function writeBaseline(
  { dir, file }: BaselinePlace,
  made: readonly string[],
  findings: readonly Accepted[],
): Promise<void> {
  const path = resolve(dir, file ?? usualFile)
  const before = await readAccepted(path).catch((error: unknown) => {
    if (error instanceof UsageError) throw error
    return []
  })
  const kept = before.filter(({ code }) => !made.includes(code))
  const accepted = [...kept, ...findings].map(({ code, object }) => ({ code, object }))
  await writeFile(path, `${JSON.stringify({ version: 1, accepted }, null, 2)}\n`).catch((cause: unknown) => {
    const { code = 'unknown reason' } = cause as NodeJS.ErrnoException
    throw new UsageError('usage.cannot_write', `The baseline could not be written to ${path} (${code}).`, {
      hint: 'Name a file in a folder that is there and may be written to.',
      cause,
    })
  })
}

async function readAccepted(path: string): Promise<Accepted[]> {
  const text = await readFile(path, 'utf8')
  try {
    const { version, accepted } = JSON.parse(text) as { version: unknown; accepted: Accepted[] }
    const isSound = accepted.every(
      ({ code, object }) => typeof code === 'string' && typeof object === 'string',
    )
    if (version === 1 && isSound) return accepted
  } catch {
    // Said below, whatever is wrong with it.
  }
  throw new UsageError('usage.baseline', `${path} is no baseline.`, {
    hint: 'Expected {"version": 1, "accepted": [{"code": "…", "object": "…"}]}: `carryover doctor --update-baseline` writes it.',
  })
}

function identity({ code, object }: Accepted): string {
  return `${code} ${object}`
}
