import type { RejectsReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { cut } from '../words/cut.js'
import { rejectAdvice } from '../words/reject-advice.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

type Row = RejectsReport['rejects'][number]

const examples = 3

/** The rejects of the ledger for people: a block per pipeline, code and column, with the first few records. */
export function formatRejectsText(report: RejectsReport, { colour, verbose }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    ...group(report.rejects).map((rows) => formatGroup(rows, colours, verbose ? Infinity : examples)),
    formatErrors(report.errors, colours),
    [formatRejectsEnding(report, colours)],
  ])
}

/** The last line alone: how many there are. */
export function formatRejectsEnding({ rejects, status }: RejectsReport, colours: Paint): string {
  if (status !== 'ok') return colours.red('the rejects could not be read')
  if (rejects.length === 0) return colours.green('no rejects')
  const pipelines = new Set(rejects.map((row) => row.pipeline)).size
  return colours.yellow(`${amount(rejects.length, 'reject')} in ${amount(pipelines, 'pipeline')}`)
}

function group(rejects: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rejects) {
    const name = JSON.stringify([row.pipeline, row.code, row.column])
    const rows = groups.get(name)
    if (rows === undefined) groups.set(name, [row])
    else rows.push(row)
  }
  return [...groups.values()]
}

function formatGroup(rows: readonly Row[], colours: Paint, shown: number): string[] {
  const [first] = rows
  if (first === undefined) return []
  const where = stripControls(first.column === null ? first.pipeline : `${first.pipeline}.${first.column}`)
  const more = rows.length - Math.min(rows.length, shown)
  return [
    `${colours.bold(where)}  ${colours.red(`${stripControls(first.code)} × ${count(rows.length)}`)}`,
    ...indent(rows.slice(0, shown).flatMap((row) => formatRow(row, colours))),
    ...(more > 0 ? [colours.dim(`  … and ${count(more)} more`)] : []),
    ...indent(wrap(rejectAdvice(first.code), 98, '→ ').map(colours.cyan)),
  ]
}

function formatRow({ legacyKey, at, runId, message, record }: Row, colours: Paint): string[] {
  const key = legacyKey === null ? 'a record without a key' : `key ${stripControls(legacyKey)}`
  return [
    `${key} ${colours.dim(`at ${stripControls(at)}, run ${runId}`)}`,
    ...indent(wrap(stripControls(message), 96)),
    ...(record === null ? [] : indent([colours.dim(cut(stripControls(record), 160))])),
  ]
}
