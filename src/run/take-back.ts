import { countWarning, type Tally } from './tally.js'

/** Counts a pipeline as rolled back: its outcomes stay as they were decided, and no row was written. */
export function takeBack(tally: Tally): void {
  Object.assign(tally.rows, { inserted: 0, updated: 0, deleted: 0 })
  tally.changes.length = 0
  if (tally.records > 0) countWarning(tally, 'rolled_back', undefined, undefined, tally.records)
}
