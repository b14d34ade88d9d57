import type { UndoReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { describeLeft } from '../words/describe-left.js'
import { targetName } from '../words/target-name.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'

/** So many rows that were left alone are shown, unless all are asked for. */
const shownLeft = 20

/** What an undo did, for people. */
export function formatUndoText(report: UndoReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    report.target === null ? [] : [colours.bold(targetName(report.target))],
    formatLeft(report, verbose, colours),
    formatErrors(report.errors, colours, width),
    [formatUndoEnding(report, colours)],
  ])
}

/** The last line alone. */
export function formatUndoEnding(report: UndoReport, colours: Paint): string {
  const { status, exitCode, undoes, rows, left, dryRun } = report
  if (status === 'locked')
    return colours.red(`another run is at work (exit code ${exitCode}), nothing was undone`)
  if (status !== 'ok') return colours.red(`nothing was undone (exit code ${exitCode})`)
  const which = `${undoes.length === 1 ? 'run' : 'runs'} ${undoes.join(', ')}`
  const done = `${dryRun ? 'would undo' : 'undid'} ${which}`
  const written = [
    [rows.restored, 'restored'],
    [rows.deleted, 'deleted'],
    [rows.inserted, 'inserted again'],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${amount(number as number, 'row')} ${word}`]))
  const sentence = `${done}: ${written.length === 0 ? 'no row to take back' : written.join(', ')}`
  if (left.length === 0) return colours.green(sentence)
  return colours.yellow(`${sentence}, ${count(left.length)} left alone`)
}

function formatLeft({ left }: UndoReport, verbose: boolean, colours: Paint): string[] {
  if (left.length === 0) return []
  const shown = verbose ? left : left.slice(0, shownLeft)
  const rows = shown.map(({ table, rowKey, columns, reason }): Cell[] => [
    { text: stripControls(`${table} ${rowKey}`), paint: colours.bold },
    { text: columns.length === 0 ? 'row' : stripControls(columns.join(', ')) },
    { text: describeLeft(reason), paint: colours.yellow },
  ])
  const more = left.length - shown.length
  return [
    'left alone',
    ...indent(alignRows(rows, 'lll')),
    ...(more === 0 ? [] : indent([colours.dim(`and ${count(more)} more: --verbose shows all`)])),
  ]
}
