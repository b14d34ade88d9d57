import type { LockRequest } from '../target/take-lock.js'
import type { Frame } from './execute.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'

/** Runs `work` as the only run on the database, which has a row in the ledger and a lease that says who it is. */
export async function asOnlyRun<Result>(
  command: string,
  { target, settings, pipelines, signal }: Pick<Frame, 'target' | 'settings' | 'pipelines' | 'signal'>,
  options: RunOptions,
  work: (runId: number) => Promise<Result>,
): Promise<Result> {
  return target.withRunLock(lockRequest(options, settings.waitMs, signal), async () => {
    await target.ledger.prepare()
    const names = pipelines.map((pipeline) => pipeline.name)
    const row = newRun(command, names, new Date(), options.env ?? process.env)
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
