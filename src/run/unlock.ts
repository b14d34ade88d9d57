import { UsageError } from '../errors.js'
import type { LockState } from '../target/lease.js'
import { lockedError } from '../target/locked-error.js'
import type { UnlockReport } from './command-reports.js'
import { leaseReport } from './lease-report.js'
import type { CommonOptions } from './options.js'
import { withLedger } from './with-ledger.js'

/** Options of `unlock`. */
export interface UnlockOptions extends CommonOptions {
  /**
   * Asked before the server's process that holds the lock is ended; what it answers false to stays as it is. Without it,
   * none is ended.
   */
  confirm?: (state: LockState) => Promise<boolean>
}

/**
 * Clears what a dead run has left: its lease, and on Postgres the connection of a host that is gone, which the server
 * believes in for as long as TCP does. A lock file is freed by the operating system: while a process holds it, nothing is cleared.
 */
export async function unlock(options: UnlockOptions = {}): Promise<UnlockReport> {
  const report: UnlockReport = {
    schemaVersion: 1,
    command: 'unlock',
    status: 'ok',
    exitCode: 0,
    errors: [],
    target: null,
    held: false,
    lease: null,
    endedBackendPid: null,
    interruptedRuns: [],
  }
  let found: LockState = { held: false, lease: null, backendPid: null }
  // Only read at first: a SQLite file that is not there is not to be made.
  await withLedger(options, report, async (target) => {
    found = await target.lockState()
    Object.assign(report, { target: { ...target.info }, held: found.held, lease: leaseReport(found) })
    if (found.held) await mayBreak(found, options)
  })
  if (report.errors.length > 0 || (!found.held && found.lease === null)) return report
  const clear: Parameters<typeof withLedger>[2] = async (target) => {
    if (!found.held) {
      report.interruptedRuns = await target.withRunLock({ waitMs: 0 }, () => target.clearLease())
      return
    }
    report.interruptedRuns = await target.breakLock(found)
    report.endedBackendPid = found.backendPid
  }
  return withLedger(options, report, clear, {})
}

/**
 * Answers when the lock may be broken.
 * @throws LockedError `run.locked` when it may not
 * @throws UsageError `usage.confirm` when nobody could be asked
 */
async function mayBreak(state: LockState, { confirm }: UnlockOptions): Promise<void> {
  if (state.backendPid === null) {
    throw lockedError(
      state.lease,
      'That process is alive: wait for it to end, or end it yourself. The system frees the lock with it.',
    )
  }
  if (confirm === undefined) {
    throw new UsageError(
      'usage.confirm',
      `The lock is held by process ${state.backendPid} of the database server, which would be ended; nobody could be asked.`,
      { hint: 'Make sure that the run is dead (`carryover status`), then add --yes.' },
    )
  }
  if (!(await confirm(state))) throw lockedError(state.lease, 'Nothing was changed.')
}
