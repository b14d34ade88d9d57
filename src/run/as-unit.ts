import { openRejectSpool } from '../target/reject-spool.js'
import { RolledBack } from './rolled-back.js'
import type { RunContext } from './run-context.js'

/**
 * Runs `work` in one transaction; what it throws rolls everything back but the rejects, which are kept afterwards: they say
 * why.
 */
export async function asUnit<Result>(
  context: RunContext,
  work: (within: RunContext) => Promise<Result>,
): Promise<Result> {
  if (context.dryRun) return context.target.atomically(() => work(context))
  const spool = openRejectSpool(context.target)
  try {
    return await context.target.atomically(() => work({ ...context, target: spool.target }))
  } catch (error) {
    const kept = spool.keepAll(context.runId)
    // The first error counts: when the database is gone, rejects cannot be written either.
    await (error instanceof RolledBack ? kept : kept.catch(() => undefined))
    throw error
  } finally {
    spool.close()
  }
}
