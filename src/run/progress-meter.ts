import type { Progress } from './options.js'

/** Tells how far a pipeline is, from what was counted and the time since it began. */
export function measureProgress(facts: {
  pipeline: string
  index: number
  count: number
  records: number
  rejected: number
  bytesRead: number
  totalBytes: number | undefined
  elapsedMs: number
}): Progress {
  const fraction =
    facts.totalBytes === undefined || facts.totalBytes === 0
      ? undefined
      : Math.min(1, facts.bytesRead / facts.totalBytes)
  const seconds = facts.elapsedMs / 1000
  return {
    pipeline: facts.pipeline,
    index: facts.index,
    count: facts.count,
    records: facts.records,
    rejected: facts.rejected,
    fraction,
    recordsPerSecond: seconds > 0 ? Math.round(facts.records / seconds) : 0,
    remainingMs:
      fraction === undefined || fraction === 0
        ? undefined
        : Math.round((facts.elapsedMs * (1 - fraction)) / fraction),
  }
}
