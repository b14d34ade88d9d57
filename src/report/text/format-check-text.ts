import type { CheckReport, Problem } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

/** What `check` found, for people: the pipelines in the order they run, and every problem. */
export function formatCheckText(report: CheckReport, { colour }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    formatPipelines(report, colours),
    ...report.problems.map((problem) => formatProblem(problem, colours)),
    formatErrors(report.errors, colours),
    [formatCheckEnding(report, colours)],
  ])
}

/** The last line alone: how many pipelines, how many problems. */
export function formatCheckEnding({ pipelines, problems, status }: CheckReport, colours: Paint): string {
  const checked = amount(pipelines.length, 'pipeline')
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.length - errors
  if (problems.length === 0) {
    return status === 'ok'
      ? colours.green(`${checked}, no problems`)
      : colours.red(`${checked}, check failed`)
  }
  const counts = [
    ...(errors > 0 ? [amount(errors, 'error')] : []),
    ...(warnings > 0 ? [amount(warnings, 'warning')] : []),
  ].join(', ')
  return status === 'ok' ? colours.yellow(`${checked}, ${counts}`) : colours.red(`${checked}, ${counts}`)
}

function formatPipelines({ pipelines }: CheckReport, colours: Paint): string[] {
  if (pipelines.length === 0) return []
  const heading = ['pipeline', 'table', 'columns', 'sample', 'rejected', 'needs']
  const rows = pipelines.map(({ name, target, columns, sample, needs }): Cell[] => [
    { text: stripControls(name), paint: colours.bold },
    { text: target },
    { text: String(Object.keys(columns).length) },
    { text: amount(sample.records, 'record') },
    sample.rejected === 0
      ? { text: '·', paint: colours.dim }
      : { text: String(sample.rejected), paint: colours.red },
    { text: needs.map(stripControls).join(', ') },
  ])
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'llrrrl').map((line) =>
    line.trimEnd(),
  )
}

function formatProblem({ severity, code, message, hint, pipeline, file }: Problem, colours: Paint): string[] {
  const tone = severity === 'error' ? colours.red : colours.yellow
  const where = [pipeline, file].filter((part) => part !== undefined).map(stripControls)
  return [
    `${tone(severity)} ${colours.dim(code)}${where.length === 0 ? '' : `  ${where.join(' in ')}`}`,
    ...indent(message.split('\n').flatMap((line) => wrap(stripControls(line), 98))),
    ...(hint === undefined ? [] : indent(wrap(stripControls(hint), 98, '→ ').map(colours.cyan))),
  ]
}
