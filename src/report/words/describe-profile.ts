import type { PipelineProfile, RunProfile } from '../../run/profiler.js'
import { count } from './amount.js'
import { duration } from './duration.js'
import { percent } from './percent.js'

/** What the process needed beside time: `3.3 s of it waiting for the database; 5.6 s of CPU, 310 MB of memory at most`. */
export function describeProfile({ waitedMs, cpuMs, peakMemoryMb }: RunProfile): string {
  const needed = `${duration(cpuMs)} of CPU, ${count(peakMemoryMb)} MB of memory at most`
  return `${duration(waitedMs)} of it waiting for the database; ${needed}`
}

/** The stages that took most of a time, at most four: `apply 45 %, decide 15 %, encode 14 %, validate and map 14 %`. */
export function widestStages({ stages }: PipelineProfile, wholeMs: number): string {
  return stages
    .filter(({ ms }) => ms > 0)
    .slice(0, 4)
    .map(({ stage, ms }) => `${stage} ${percent(ms / wholeMs)}`)
    .join(', ')
}
