import type { RunReport } from '../../run/run-report.js'

/** A sequence that was advanced: `users.id: 3 → 15, next 16`. */
export function describeSequence({ table, column, from, to }: RunReport['sequences'][number]): string {
  return `${table}.${column}: ${from ?? 'unused'} → ${to}, next ${next(to)}`
}

// Numbers of a sequence may pass 2^53, so they are text.
function next(last: string): string {
  return /^-?\d+$/.test(last) ? String(BigInt(last) + 1n) : `after ${last}`
}
