import type { RunReport } from '../../run/run-report.js'
import { joinSections } from '../text/join-sections.js'
import { describeEnding } from '../words/describe-ending.js'
import { describeSequence } from '../words/describe-sequence.js'
import { describeVerification } from '../words/describe-verification.js'
import { targetName } from '../words/target-name.js'
import { escapeMarkdown, markdownCode } from './escape-markdown.js'
import { markdownOutcomeTable } from './markdown-outcome-table.js'
import { markdownPipeline } from './markdown-pipeline.js'

/** The report as Markdown for a pull request or a job summary; legacy text in it formats nothing. */
export function formatRunMarkdown(report: RunReport): string {
  const { command, runId, target, pipelines, sequences, errors } = report
  const where = targetName(target)
  const { ok, holds, failed } = describeVerification(pipelines)
  return joinSections([
    [`## carryover ${runId === null ? command : `${command} ${runId}`}`],
    [`**${escapeMarkdown(describeEnding(report).sentence)}**`],
    [
      `${where === '' ? '' : `On ${escapeMarkdown(where)}.`}${command === 'plan' ? ' Nothing was written.' : ''}`,
    ],
    markdownOutcomeTable(report),
    ...errors.map(({ code, message, hint }) => [
      `> **error** ${markdownCode(code)}: ${escapeMarkdown(message)}`,
      ...(hint === undefined ? [] : ['>', `> → ${escapeMarkdown(hint)}`]),
    ]),
    ...pipelines.flatMap(markdownPipeline),
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
