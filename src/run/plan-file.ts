import { hash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { TargetError, UsageError } from '../errors.js'
import type { SavedPlan } from './saved-plan.js'

/** The version of the file's form. */
const planVersion = 1

/** The file itself: `{ carryoverPlan: 1, checksum, plan }`. */
interface PlanFile {
  readonly carryoverPlan: number
  /** SHA-256 of the plan's JSON. */
  readonly checksum: string
  readonly plan: SavedPlan
}

/**
 * Writes a plan for its owner's eyes only; whoever reads the file meanwhile sees the one before or this one as a whole.
 * @throws TargetError `plan.not_written`
 */
export async function writePlanFile(cwd: string, file: string, plan: SavedPlan): Promise<void> {
  const path = resolve(cwd, file)
  const beside = `${path}.${randomUUID()}.tmp`
  const checksum = checksumOf(plan)
  const content: PlanFile = { carryoverPlan: planVersion, checksum, plan }
  try {
    await writeFile(beside, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(beside, path)
  } catch (cause) {
    await rm(beside, { force: true })
    throw new TargetError(
      'plan.not_written',
      `The plan could not be written to ${file} (${reasonOf(cause)}).`,
      {
        hint: 'Name a file in a folder that is there and may be written to.',
        cause,
      },
    )
  }
}

/**
 * A plan out of its file.
 * @throws UsageError `plan.unreadable`, `plan.newer` when a newer carryover has written it, `plan.invalid` for anything else
 */
export async function readPlanFile(cwd: string, file: string): Promise<SavedPlan> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    throw new UsageError('plan.unreadable', `The plan ${file} cannot be read (${reasonOf(cause)}).`, {
      hint: '`carryover plan --out FILE` writes one.',
      cause,
    })
  })
  const content = parsed(text)
  if (typeof content?.carryoverPlan !== 'number')
    throw invalid(file, 'is no plan of carryover; a file that `plan --out` has written was expected')
  if (content.carryoverPlan > planVersion) {
    throw new UsageError(
      'plan.newer',
      `The plan ${file} has the form ${content.carryoverPlan}, this carryover knows up to ${planVersion}.`,
      { hint: 'Plan and run with the same version of the package.' },
    )
  }
  if (content.plan === undefined || content.checksum !== checksumOf(content.plan))
    throw invalid(file, 'was cut off or edited: its checksum is another')
  return content.plan
}

function parsed(text: string): Partial<PlanFile> | undefined {
  try {
    const content: unknown = JSON.parse(text)
    return typeof content === 'object' && content !== null ? content : undefined
  } catch {
    return undefined
  }
}

function invalid(file: string, what: string): UsageError {
  return new UsageError('plan.invalid', `The file ${file} ${what}.`, {
    hint: 'Plan again: `carryover plan --out FILE`.',
  })
}

function checksumOf(plan: SavedPlan): string {
  return hash('sha256', JSON.stringify(plan))
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason'
}
