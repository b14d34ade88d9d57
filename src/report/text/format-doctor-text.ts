import type { DoctorReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { targetName } from '../words/target-name.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

type Finding = DoctorReport['findings'][number]

/** What an audit found, for people: findings of one check stand together, the gravest first. */
export function formatDoctorText(report: DoctorReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, findings, errors } = report
  const codes = [...new Set(findings.map(({ code, severity }) => `${severity} ${code}`))]
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    ...codes.map((wanted) =>
      formatCheck(
        findings.filter(({ code, severity }) => `${severity} ${code}` === wanted),
        colours,
        verbose,
        width,
      ),
    ),
    formatErrors(errors, colours, width),
    [formatDoctorEnding(report, colours)],
  ])
}

/** The last line alone: how many findings of which gravity. */
export function formatDoctorEnding(report: DoctorReport, colours: Paint): string {
  const { target, status, exitCode, errors, checks, examined, accepted, totals } = report
  if (errors.length > 0) return colours.red(`the audit was not finished (exit code ${exitCode})`)
  const found = [
    ...(totals.errors > 0 ? [amount(totals.errors, 'error')] : []),
    ...(totals.warnings > 0 ? [amount(totals.warnings, 'warning')] : []),
    ...(totals.infos > 0 ? [amount(totals.infos, 'note')] : []),
  ]
  const sentence = [
    `${amount(checks.length, 'check')}${madeOn(report)}`,
    ...(found.length === 0 ? ['nothing found'] : found),
    ...(accepted > 0 ? [`${accepted} accepted by the baseline`] : []),
  ].join(', ')
  if (status !== 'ok') return colours.red(`${sentence} (exit code ${exitCode})`)
  const isEmpty = target !== null && examined?.tables === 0
  return found.length === 0 && !isEmpty ? colours.green(sentence) : colours.yellow(sentence)
}

/** An audit of nothing is not to look like one that found nothing. */
function madeOn({ target, examined }: DoctorReport): string {
  if (examined === null) return ''
  const { tables, pipelines } = examined
  const parts = [
    ...(target === null ? [] : [tables === 0 ? 'no table' : amount(tables, 'table')]),
    ...(pipelines === 0 ? [] : [amount(pipelines, 'pipeline')]),
  ]
  return parts.length === 0 ? '' : ` of ${parts.join(' and ')}`
}

/** Findings that a screen has room for, of each check. */
const mostShown = 10

function formatCheck(
  findings: readonly Finding[],
  colours: Paint,
  verbose: boolean,
  width: number,
): string[] {
  const [first] = findings
  if (first === undefined) return []
  const tone = { error: colours.red, warning: colours.yellow, info: colours.cyan }[first.severity]
  const shown = verbose ? findings : findings.slice(0, mostShown)
  const left = findings.length - shown.length
  return [
    `${tone(first.severity)} ${colours.dim(first.code)}${findings.length === 1 ? '' : ` × ${findings.length}`}`,
    ...indent(wrap(first.why, width - 2)),
    ...shown.flatMap((finding) => indent(formatFinding(finding, colours, width - 4))),
    ...(left === 0 ? [] : indent([colours.dim(`and ${left} more: --verbose shows all of them`)])),
  ]
}

function formatFinding(
  { object, message, sql, locks, hint, file }: Finding,
  colours: Paint,
  width: number,
): string[] {
  const where = file === null || file === object ? '' : colours.dim(` in ${stripControls(file)}`)
  return [
    `${colours.bold(stripControls(object))}${where}`,
    ...indent([
      ...wrap(stripControls(message), width),
      ...(hint === null ? [] : wrap(stripControls(hint), width, '→ ').map(colours.cyan)),
      ...sql.flatMap((statement) => statement.split('\n').map(stripControls)).map(colours.green),
      ...(sql.length === 0 || locks === null
        ? []
        : wrap(`locks ${stripControls(locks)}`, width).map(colours.dim)),
    ]),
  ]
}
