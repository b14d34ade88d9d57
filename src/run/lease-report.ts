import type { LockState } from '../target/lease.js'
import type { LeaseReport } from './command-reports.js'

/** A lease as reports show it. */
export function leaseReport({ held, lease }: LockState): LeaseReport | null {
  if (lease === null) return null
  const { token: _, ...shown } = lease
  return { held, ...shown }
}
