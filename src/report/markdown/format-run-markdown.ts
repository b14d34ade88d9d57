import type { PipelineReport, RunReport } from '../../run/run-report.js'
import { joinSections } from '../text/join-sections.js'
import { amount, count } from '../words/amount.js'
import { changesNotShown, describeChange } from '../words/describe-change.js'
import { describeEnding } from '../words/describe-ending.js'
import { describeSequence } from '../words/describe-sequence.js'
import { describeSource } from '../words/describe-source.js'
import { describeVerification } from '../words/describe-verification.js'
import { describeWarning } from '../words/describe-warning.js'
import { occurring, outcomeWord } from '../words/outcomes.js'
import { rejectAdvice } from '../words/reject-advice.js'
import { allRowsWritten, rowsWritten } from '../words/rows-written.js'
import { targetName } from '../words/target-name.js'
import { escapeMarkdown, markdownCode } from './escape-markdown.js'
import { markdownTable } from './markdown-table.js'

/** The report as Markdown for a pull request or a job summary; legacy text in it formats nothing. */
export function formatRunMarkdown(report: RunReport): string {
  const { command, runId, dryRun, target, pipelines, sequences, errors } = report
  const { ok, holds, failed } = describeVerification(pipelines)
  return joinSections([
    [`## carryover ${runId === null ? command : `${command} ${runId}`}`],
    [`**${escapeMarkdown(describeEnding(report).sentence)}**`],
    [`On ${escapeMarkdown(targetName(target))}.${dryRun ? ' Nothing was written.' : ''}`],
    outcomeTable(report),
    ...errors.map(({ code, message, hint }) => [
      `> **error** ${markdownCode(code)}: ${escapeMarkdown(message)}`,
      ...(hint === undefined ? [] : ['>', `> → ${escapeMarkdown(hint)}`]),
    ]),
    ...pipelines.flatMap(pipelineSections),
    sequences.length === 0
      ? []
      : [`**Sequences:** ${sequences.map(describeSequence).map(markdownCode).join(', ')}`],
    holds === '' ? [] : [`**Verified:** ${holds}.`],
    ok
      ? []
      : [
          '**Not verified:**',
          '',
          ...failed.map((check) => `- ${escapeMarkdown(`${check.pipeline}: ${check.sentence}`)}`),
        ],
  ])
}

function outcomeTable({ pipelines, totals, dryRun, ...report }: RunReport): string[] {
  if (pipelines.length === 0) return []
  const names = occurring(totals)
  const numbers = (one: Pick<PipelineReport, 'outcomes'>): string[] =>
    names.map((name) => count(one.outcomes[name]))
  const rows = pipelines.map((pipeline) => [
    escapeMarkdown(pipeline.name),
    count(pipeline.source.records),
    ...numbers(pipeline),
    count(rowsWritten(pipeline)),
  ])
  if (pipelines.length > 1) {
    const records = pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0)
    const written = allRowsWritten({ ...report, pipelines, totals, dryRun })
    rows.push([
      '**total**',
      ...[count(records), ...numbers({ outcomes: totals }), count(written)].map((text) => `**${text}**`),
    ])
  }
  const heading = [
    'pipeline',
    'records',
    ...names.map((name) => outcomeWord(name, dryRun)),
    dryRun ? 'rows to write' : 'rows written',
  ]
  return markdownTable(heading, rows, `l${'r'.repeat(heading.length)}`)
}

function pipelineSections(pipeline: PipelineReport): string[][] {
  const body = [
    pipeline.warnings.map((warning) => {
      const { sentence, values } = describeWarning(warning)
      const column = warning.column === undefined ? '' : `${markdownCode(warning.column)}: `
      return `- ${column}${sentence}${values.length === 0 ? '' : ` (${values.map(markdownCode).join(', ')})`}`
    }),
    rejects(pipeline),
    ...changes(pipeline),
  ].filter((lines) => lines.length > 0)
  if (body.length === 0) return []
  return [
    [`### ${escapeMarkdown(pipeline.name)}`],
    [`${escapeMarkdown(describeSource(pipeline.source))}`],
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
    escapeMarkdown(rejectAdvice(code)),
  ])
  return markdownTable(['rejected', 'records', 'for example', 'what to do'], rows, 'lrll')
}

function changes(pipeline: PipelineReport): string[][] {
  const shown = pipeline.changes ?? []
  const more = changesNotShown(pipeline)
  if (shown.length === 0) return []
  const rows = shown.flatMap((change) =>
    describeChange(change).map(({ column, from, to }, index) => [
      index === 0 ? `${change.action} ${markdownCode(change.key)}` : '',
      markdownCode(column),
      from === undefined ? '' : markdownCode(from),
      markdownCode(to),
    ]),
  )
  return [
    [`<details><summary>${amount(shown.length + more, 'change')}</summary>`],
    markdownTable(['record', 'column', 'from', 'to'], rows, 'llll'),
    more > 0 ? [`… and ${count(more)} more`] : [],
    ['</details>'],
  ]
}
