import type { StageTime } from '../../run/profiler.js'
import type { RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { describeProfile, widestStages } from '../words/describe-profile.js'
import { duration } from '../words/duration.js'
import { percent } from '../words/percent.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** Stages with less of the whole have one line together, unless every one is asked for. */
const leastShare = 0.01

/** Where the time of a run went: a line per stage, the longest first, and one per pipeline. Nothing where nobody asked. */
export function formatProfile(report: RunReport, colours: Paint, verbose: boolean): string[] {
  const { profile, durationMs, pipelines } = report
  if (profile === undefined) return []
  const least = verbose ? 0 : durationMs * leastShare
  const told = profile.stages.filter(({ ms }) => ms >= least)
  const rest = profile.stages.filter(({ ms }) => ms < least)
  const restMs = rest.reduce((sum, { ms }) => sum + ms, 0)
  const heading = (text: string): Cell => ({ text, paint: colours.dim })
  const waits = told.some(({ waitedMs }) => waitedMs !== undefined)
  const rows = [
    ['stage', 'time', 'share', 'calls', ...(waits ? ['waiting'] : [])].map(heading),
    ...told.map((time) => stageRow(time, durationMs, waits, colours)),
    ...(rest.length === 0
      ? []
      : [
          [
            heading(amount(rest.length, 'other')),
            heading(duration(restMs)),
            heading(shareOf(restMs, durationMs)),
          ],
        ]),
  ]
  const perPipeline = pipelines.flatMap(({ name, durationMs: ofPipelineMs, profile: own }): Cell[][] =>
    own === undefined || pipelines.length < 2
      ? []
      : [
          [
            { text: stripControls(name), paint: colours.bold },
            { text: duration(ofPipelineMs) },
            { text: widestStages(own, ofPipelineMs) },
          ],
        ],
  )
  return [
    `where the time went: ${duration(durationMs)}, ${describeProfile(profile)}`,
    ...indent(alignRows(rows, 'lrrrr')),
    ...(perPipeline.length === 0 ? [] : ['', ...indent(alignRows(perPipeline, 'lrl'))]),
  ]
}

function stageRow(
  { stage, ms, calls, waitedMs }: StageTime,
  wholeMs: number,
  waits: boolean,
  colours: Paint,
): Cell[] {
  const none = { text: '·', paint: colours.dim }
  return [
    { text: stage },
    { text: duration(ms) },
    { text: shareOf(ms, wholeMs) },
    calls === undefined ? none : { text: count(calls) },
    ...(waits ? [waitedMs === undefined ? none : { text: duration(waitedMs) }] : []),
  ]
}

function shareOf(ms: number, wholeMs: number): string {
  return percent(wholeMs === 0 ? 0 : ms / wholeMs)
}
