import type { Definitions } from '../pipeline/definitions.js'
import type { LockRequest } from '../target/take-lock.js'
import type { Frame } from './execute.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'

/** What a run does once nobody else runs. */
interface OnlyRun<Result, Known extends Definitions | null> {
  /** What must hold before anything is written, the ledger included. */
  before?(definitions: Known): Promise<void>
  work(runId: number): Promise<Result>
}

/** Runs `work` as the only run on the database, which has a row in the ledger and a lease that says who it is. */
export async function asOnlyRun<Result, Known extends Definitions | null>(
  command: string,
  frame: Pick<Frame, 'target' | 'settings' | 'pipelines' | 'signal'> & { definitions(): Promise<Known> },
  options: RunOptions,
  { before, work }: OnlyRun<Result, Known>,
): Promise<Result> {
  const { target, settings, pipelines, signal } = frame
  return target.withRunLock(lockRequest(options, settings.waitMs, signal), async () => {
    const definitions = await frame.definitions()
    await before?.(definitions)
    await target.ledger.prepare()
    const names = pipelines.map((pipeline) => pipeline.name)
    const row = newRun(command, names, new Date(), options.env ?? process.env, definitions)
    return target.withLease({ ...row, processId: process.pid }, async (note) => {
      const runId = await target.ledger.beginRun(row)
      await note(runId)
      return work(runId)
    })
  })
}

/** How a command asks for the lock. */
export function lockRequest(
  { onWait }: RunOptions,
  waitMs: number,
  signal: AbortSignal | undefined,
): LockRequest {
  return {
    waitMs,
    ...(signal !== undefined && { signal }),
    ...(onWait !== undefined && { onWait: (lease) => onWait({ lease, waitMs }) }),
  }
}
