import type { Progress } from '../../run/options.js'
import { pipelineEndLine, progressLine } from './progress-line.js'
import type { ProgressView } from './progress-view.js'

const everyMs = 10_000

/** Says something every ten seconds and at the end of each pipeline: for logs, where every line stays. */
export function occasionalProgress(
  say: (line: string, progress: Progress) => void,
  now: () => number,
): ProgressView {
  let saidAt = now()
  let last: Progress | undefined
  const endPipeline = (): void => {
    if (last !== undefined) say(pipelineEndLine(last), last)
    last = undefined
  }
  return {
    update(progress) {
      if (last !== undefined && last.pipeline !== progress.pipeline) endPipeline()
      last = progress
      if (now() - saidAt < everyMs) return
      saidAt = now()
      say(progressLine(progress), progress)
    },
    end: endPipeline,
  }
}
