import type { PipelineProfile } from '../../run/profiler.js'
import type { RunReport } from '../../run/run-report.js'
import { stripControls } from '../strip-controls.js'
import { describeProfile, widestStages } from '../words/describe-profile.js'
import { duration } from '../words/duration.js'
import type { LogEntry } from './log-entry.js'

/** Where the time went: a line per pipeline and one of the whole, with the milliseconds of each stage as fields. */
export function profileLog({ pipelines, profile, durationMs }: RunReport): LogEntry[] {
  if (profile === undefined) return []
  const { waitedMs, cpuMs, peakMemoryMb } = profile
  const whole = `${duration(durationMs)}, ${describeProfile(profile)}`
  return [
    ...pipelines.flatMap(({ name, durationMs: ofPipelineMs, profile: own }): LogEntry[] => {
      if (own === undefined) return []
      const message = `${stripControls(name)}: ${duration(ofPipelineMs)}: ${widestStages(own, ofPipelineMs)}`
      return [{ level: 'info', message, pipeline: name, stages: stagesOf(own), waitedMs: own.waitedMs }]
    }),
    {
      level: 'info',
      message: `where the time went: ${whole}: ${widestStages(profile, durationMs)}`,
      stages: stagesOf(profile),
      waitedMs,
      cpuMs,
      peakMemoryMb,
    },
  ]
}

/** `{ apply: 4230, decide: 1376 }` */
function stagesOf({ stages }: PipelineProfile): Record<string, number> {
  return Object.fromEntries(stages.map(({ stage, ms }) => [stage, ms]))
}
