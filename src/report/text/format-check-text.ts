import type { CheckReport, Problem } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatEnums } from './format-enums.js'
import { formatErrors } from './format-errors.js'
import { formatRejectGroups } from './format-reject-groups.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

/** What `check` found, for people: the pipelines in the order they run, their enums and rejects, and every problem. */
export function formatCheckText(report: CheckReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    formatPipelines(report, colours),
    formatEnums(report.pipelines, colours, verbose),
    formatRejectGroups(report.pipelines, { colours, verbose, width }),
    ...report.problems.map((problem) => formatProblem(problem, colours, width - 2)),
    formatErrors(report.errors, colours, width),
    [formatCheckEnding(report, colours)],
  ])
}

/** The last line alone: how many pipelines and records, how many problems. */
export function formatCheckEnding(
  { pipelines, problems, status, exitCode }: CheckReport,
  colours: Paint,
): string {
  const records = pipelines.reduce((sum, pipeline) => sum + pipeline.records, 0)
  const rejected = pipelines.reduce((sum, pipeline) => sum + pipeline.rejected, 0)
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.length - errors
  const sentence = [
    amount(pipelines.length, 'pipeline'),
    amount(records, 'record'),
    ...(rejected > 0 ? [`${count(rejected)} rejected${status === 'ok' ? ' (admitted)' : ''}`] : []),
    ...(errors > 0 ? [amount(errors, 'error')] : []),
    ...(warnings > 0 ? [amount(warnings, 'warning')] : []),
    ...(problems.length === 0 && status === 'ok' ? ['no problems'] : []),
    ...(problems.length === 0 && status === 'failed' ? ['check failed'] : []),
    ...(status === 'rejects' ? [`more rejects than allowed (exit code ${exitCode})`] : []),
  ].join(', ')
  if (status !== 'ok') return colours.red(sentence)
  return problems.length > 0 || rejected > 0 ? colours.yellow(sentence) : colours.green(sentence)
}

function formatPipelines({ pipelines }: CheckReport, colours: Paint): string[] {
  if (pipelines.length === 0) return []
  const heading = ['pipeline', 'table', 'columns', 'records', 'skipped', 'rejected', 'needs']
  const number = (value: number, tone?: Cell['paint']): Cell =>
    value === 0 ? { text: '·', paint: colours.dim } : { text: count(value), ...(tone && { paint: tone }) }
  const rows = pipelines.map(({ name, target, columns, records, skipped, rejected, needs }): Cell[] => [
    { text: stripControls(name), paint: colours.bold },
    { text: target },
    number(Object.keys(columns).length),
    number(records),
    number(skipped),
    number(rejected, colours.red),
    { text: needs.map(stripControls).join(', ') },
  ])
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'llrrrrl').map((line) =>
    line.trimEnd(),
  )
}

function formatProblem(
  { severity, code, message, hint, pipeline, file }: Problem,
  colours: Paint,
  width: number,
): string[] {
  const tone = severity === 'error' ? colours.red : colours.yellow
  const where = [pipeline, file].filter((part) => part !== undefined).map(stripControls)
  return [
    `${tone(severity)} ${colours.dim(code)}${where.length === 0 ? '' : `  ${where.join(' in ')}`}`,
    ...indent(message.split('\n').flatMap((line) => wrap(stripControls(line), width))),
    ...(hint === undefined ? [] : indent(wrap(stripControls(hint), width, '→ ').map(colours.cyan))),
  ]
}
