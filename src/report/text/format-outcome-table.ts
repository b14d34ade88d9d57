import type { Outcomes, RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { duration } from '../words/duration.js'
import { occurring, outcomeWord, type OutcomeName } from '../words/outcomes.js'
import { allRowsWritten, rowsWritten } from '../words/rows-written.js'
import { alignRows, type Cell } from './align-rows.js'

/**
 * What came in, what became of it and how many rows were written: a line per pipeline and one of totals.
 * Only outcomes that occurred have a column.
 */
export function formatOutcomeTable(report: RunReport, colours: Paint, verbose: boolean): string[] {
  const { pipelines, totals } = report
  const planned = report.command === 'plan'
  if (pipelines.length === 0) return []
  const names = occurring(totals)
  const tones: Partial<Record<OutcomeName, (text: string) => string>> = {
    inserted: colours.green,
    updated: colours.cyan,
    rejected: colours.red,
    removed: colours.yellow,
    kept: colours.yellow,
    duplicate: colours.yellow,
  }
  const number = (value: number, paint?: (text: string) => string): Cell =>
    value === 0 ? { text: '·', paint: colours.dim } : { text: count(value), ...(paint && { paint }) }
  const outcomeCells = (outcomes: Outcomes): Cell[] =>
    names.map((name) => number(outcomes[name], tones[name]))
  const extra = (...cells: Cell[]): Cell[] => (verbose ? cells : [])
  const heading = (text: string): Cell => ({ text, paint: colours.dim })

  const rows: Cell[][] = [
    [
      heading('pipeline'),
      heading('files'),
      heading('records'),
      ...names.map((name) => heading(outcomeWord(name, planned))),
      heading(planned ? 'rows to write' : 'rows written'),
      ...extra(heading('records/s'), heading('time')),
    ],
    ...pipelines.map((pipeline) => [
      { text: stripControls(pipeline.name), paint: colours.bold },
      number(pipeline.source.files.length),
      number(pipeline.source.records),
      ...outcomeCells(pipeline.outcomes),
      number(rowsWritten(pipeline)),
      ...extra(number(pipeline.recordsPerSecond), { text: duration(pipeline.durationMs) }),
    ]),
  ]
  if (pipelines.length > 1) {
    rows.push([
      heading('total'),
      number(pipelines.reduce((sum, pipeline) => sum + pipeline.source.files.length, 0)),
      number(pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0)),
      ...outcomeCells(totals),
      number(allRowsWritten(report)),
    ])
  }
  return alignRows(rows, `l${'r'.repeat(names.length + 5)}`)
}
