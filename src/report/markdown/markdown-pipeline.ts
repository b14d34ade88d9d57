import type { PipelineReport } from '../../run/run-report.js'
import { amount, count } from '../words/amount.js'
import { changesNotShown, describeChange } from '../words/describe-change.js'
import { describeSource } from '../words/describe-source.js'
import { describeWarning } from '../words/describe-warning.js'
import { rejectAdvice } from '../words/reject-advice.js'
import { escapeMarkdown, markdownCode } from './escape-markdown.js'
import { markdownEnums } from './markdown-enums.js'
import { markdownTable } from './markdown-table.js'

/** A pipeline's sections: what was noticed, what was rejected and, in a plan, its enums and what would change; none when all is quiet. */
export function markdownPipeline(pipeline: PipelineReport): string[][] {
  const body = [
    pipeline.warnings.map((warning) => {
      const { sentence, values } = describeWarning(warning)
      const column = warning.column === undefined ? '' : `${markdownCode(warning.column)}: `
      return `- ${column}${sentence}${values.length === 0 ? '' : ` (${values.map(markdownCode).join(', ')})`}`
    }),
    rejects(pipeline),
    ...markdownEnums(pipeline),
    ...changes(pipeline),
  ].filter((lines) => lines.length > 0)
  if (body.length === 0) return []
  return [
    [`### ${escapeMarkdown(pipeline.name)}`],
    [escapeMarkdown(describeSource(pipeline.source))],
    ...body,
  ]
}

function rejects({ rejects: groups }: PipelineReport): string[] {
  if (groups.length === 0) return []
  const rows = groups.map(({ code, column, count: times, examples: [example] }) => [
    `${markdownCode(code)}${column === undefined ? '' : ` in ${markdownCode(column)}`}`,
    count(times),
    example === undefined
      ? ''
      : `${example.key === null ? 'a record without a key' : markdownCode(example.key)} at ${markdownCode(example.at)}: ${escapeMarkdown(example.message)}`,
    // It is Markdown as it is.
    rejectAdvice(code),
  ])
  return markdownTable(['rejected', 'records', 'for example', 'what to do'], rows, 'lrll')
}

function changes(pipeline: PipelineReport): string[][] {
  const shown = pipeline.changes ?? []
  const more = changesNotShown(pipeline)
  if (shown.length === 0) return []
  const rows = shown.flatMap((change) => {
    const record = `${change.action} ${markdownCode(change.key)}`
    const columns = describeChange(change)
    if (columns.length === 0) return [[record, '', '', '']]
    return columns.map(({ column, from, to }, index) => [
      index === 0 ? record : '',
      markdownCode(column),
      from === undefined ? '' : markdownCode(from),
      markdownCode(to),
    ])
  })
  return [
    [`<details><summary>${amount(shown.length + more, 'change')}</summary>`],
    markdownTable(['record', 'column', 'from', 'to'], rows, 'llll'),
    more > 0 ? [`… and ${count(more)} more`] : [],
    ['</details>'],
  ]
}
