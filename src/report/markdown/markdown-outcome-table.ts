import type { Outcomes, RunReport } from '../../run/run-report.js'
import { count } from '../words/amount.js'
import { occurring, outcomeWord } from '../words/outcomes.js'
import { allRowsWritten, rowsWritten } from '../words/rows-written.js'
import { escapeMarkdown } from './escape-markdown.js'
import { markdownTable } from './markdown-table.js'

/** What came in and what became of it: a line per pipeline and one of totals. */
export function markdownOutcomeTable(report: RunReport): string[] {
  const { pipelines, totals, command } = report
  if (pipelines.length === 0) return []
  const names = occurring(totals)
  const numbers = (records: number, outcomes: Outcomes, written: number): string[] =>
    [records, ...names.map((name) => outcomes[name]), written].map(count)
  const rows = pipelines.map((pipeline) => [
    escapeMarkdown(pipeline.name),
    ...numbers(pipeline.source.records, pipeline.outcomes, rowsWritten(pipeline)),
  ])
  if (pipelines.length > 1) {
    const records = pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0)
    rows.push(['total', ...numbers(records, totals, allRowsWritten(report))].map((text) => `**${text}**`))
  }
  const planned = command === 'plan'
  const words = names.map((name) => outcomeWord(name, planned))
  const heading = ['pipeline', 'records', ...words, planned ? 'rows to write' : 'rows written']
  return markdownTable(heading, rows, `l${'r'.repeat(heading.length)}`)
}
