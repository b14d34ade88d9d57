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
  { colours, verbose, width }: { colours: Paint; verbose: boolean; width: number },
): string[] {
  const blocks = pipelines.flatMap((pipeline) =>
    pipeline.rejects.map((group) =>
      formatRejectGroup(pipeline.name, group, { colours, examples: verbose ? 3 : 1, width: width - 4 }),
    ),
  )
  if (blocks.length === 0) return []
  return ['rejected', ...blocks.flatMap((block, index) => indent(index === 0 ? block : ['', ...block]))]
}

/** One kind of reject, with as many examples as asked for. */
function formatRejectGroup(
  pipeline: string,
  group: RejectGroup,
  { colours, examples, width }: { colours: Paint; examples: number; width: number },
): string[] {
  const where = stripControls(group.column === undefined ? pipeline : `${pipeline}.${group.column}`)
  const shown = group.examples.slice(0, examples)
  return [
    `${colours.bold(where)}  ${colours.red(`${group.code} × ${count(group.count)}`)}`,
    ...indent([
      ...shown.flatMap((example) => formatExample(example, colours, width)),
      ...wrap(rejectAdvice(group.code), width, '→ ').map((line) => colours.cyan(line)),
    ]),
  ]
}

function formatExample(
  { key, at, message }: RejectGroup['examples'][number],
  colours: Paint,
  width: number,
): string[] {
  const record = key === null ? 'a record without a key' : `key ${stripControls(key)}`
  return [
    `${record} ${colours.dim(`at ${stripControls(at)}`)}`,
    ...indent(wrap(stripControls(message), width - 2)),
  ]
}
