import type { PipelineReport, RejectGroup } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { rejectAdvice } from '../words/reject-advice.js'
import { indent } from './indent.js'
import { wrap } from './wrap.js'

/** Each kind of reject: how many, an example with its place in the source, and what to do. */
export function formatRejectGroups(
  pipelines: readonly Pick<PipelineReport, 'name' | 'rejects'>[],
  colours: Paint,
  verbose: boolean,
): string[] {
  const blocks = pipelines.flatMap((pipeline) =>
    pipeline.rejects.map((group) => formatRejectGroup(pipeline.name, group, colours, verbose ? 3 : 1)),
  )
  if (blocks.length === 0) return []
  return ['rejected', ...blocks.flatMap((block, index) => indent(index === 0 ? block : ['', ...block]))]
}

/** One kind of reject, with as many examples as asked for. */
function formatRejectGroup(pipeline: string, group: RejectGroup, colours: Paint, examples: number): string[] {
  const where = stripControls(group.column === undefined ? pipeline : `${pipeline}.${group.column}`)
  const shown = group.examples.slice(0, examples)
  return [
    `${colours.bold(where)}  ${colours.red(`${group.code} × ${count(group.count)}`)}`,
    ...indent([
      ...shown.flatMap((example) => formatExample(example, colours)),
      ...wrap(rejectAdvice(group.code), 96, '→ ').map((line) => colours.cyan(line)),
    ]),
  ]
}

function formatExample({ key, at, message }: RejectGroup['examples'][number], colours: Paint): string[] {
  const record = key === null ? 'a record without a key' : `key ${stripControls(key)}`
  return [`${record} ${colours.dim(`at ${stripControls(at)}`)}`, ...indent(wrap(stripControls(message), 94))]
}
