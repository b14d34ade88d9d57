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
type Group = RejectsReport['groups'][number]

const examples = 3

/** The rejects of the ledger for people: a block per pipeline, code and column, with the first few records. */
export function formatRejectsText(report: RejectsReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    ...report.groups.map((group) => formatGroup(group, rowsOf(report, group, verbose), colours, width - 2)),
    formatExported(report).flatMap((line) => wrap(line, width, '', '  ')),
    formatErrors(report.errors, colours, width),
    [formatRejectsEnding(report, colours)],
  ])
}

/** The last line alone: how many there are. */
export function formatRejectsEnding({ rejects, groups, status }: RejectsReport, colours: Paint): string {
  if (status !== 'ok') return colours.red('the rejects could not be read')
  if (rejects.length === 0) return colours.green('no rejects')
  const pipelines = new Set(groups.map(({ pipeline }) => pipeline)).size
  return colours.yellow(`${amount(rejects.length, 'reject')} in ${amount(pipelines, 'pipeline')}`)
}

/** Where the records went: `12 records to rejects.ndjson`. */
export function formatExported({ exported }: RejectsReport): string[] {
  if (exported === null) return []
  const { files, left } = exported
  return [
    ...files.map(({ path, records }) => `${amount(records, 'record')} to ${stripControls(path)}`),
    ...(left === 0
      ? []
      : [`${amount(left, 'record')} not exported: the ledger has no exact copy, see the source`]),
  ]
}

function rowsOf({ rejects }: RejectsReport, { pipeline, code, column }: Group, all: boolean): Row[] {
  const own = rejects.filter((row) => row.pipeline === pipeline && row.code === code && row.column === column)
  return all ? own : own.slice(0, examples)
}

function formatGroup(
  { pipeline, code, column, count: all }: Group,
  rows: readonly Row[],
  colours: Paint,
  width: number,
): string[] {
  const where = stripControls(column === null ? pipeline : `${pipeline}.${column}`)
  const more = all - rows.length
  return [
    `${colours.bold(where)}  ${colours.red(`${stripControls(code)} × ${count(all)}`)}`,
    ...indent(rows.flatMap((row) => formatRow(row, colours, width))),
    ...(more > 0 ? [colours.dim(`  … and ${count(more)} more`)] : []),
    ...indent(wrap(rejectAdvice(code), width, '→ ').map(colours.cyan)),
  ]
}

function formatRow({ legacyKey, at, runId, message, record }: Row, colours: Paint, width: number): string[] {
  const key = legacyKey === null ? 'a record without a key' : `key ${stripControls(legacyKey)}`
  return [
    `${key} ${colours.dim(`at ${stripControls(at)}, run ${runId}`)}`,
    ...indent(wrap(stripControls(message), width - 2)),
    ...(record === null ? [] : indent([colours.dim(cut(stripControls(record), 160))])),
  ]
}
