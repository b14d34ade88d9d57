import type { RunReport } from '../../run/run-report.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { bytes } from '../words/bytes.js'
import { admitRejects, describeEnding, type Ending } from '../words/describe-ending.js'
import { describeSequence } from '../words/describe-sequence.js'
import { describeVerification } from '../words/describe-verification.js'
import { targetName } from '../words/target-name.js'
import { formatChanges } from './format-changes.js'
import { formatEnums } from './format-enums.js'
import { formatErrors } from './format-errors.js'
import { formatOutcomeTable } from './format-outcome-table.js'
import { formatProfile } from './format-profile.js'
import { formatRejectGroups } from './format-reject-groups.js'
import { formatVerifyTable } from './format-verify-table.js'
import { formatWarnings } from './format-warnings.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

/** The report of a run, a plan or a verification for people, understood at a glance; ends in a newline. */
export function formatRunText(report: RunReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  const { pipelines, errors } = report
  return joinSections([
    [head(report, colours)],
    report.command === 'verify'
      ? formatVerifyTable(report, colours)
      : formatOutcomeTable(report, colours, verbose),
    verbose ? files(report, colours) : [],
    ...(report.command === 'plan' ? pipelines.map((pipeline) => formatChanges(pipeline, colours)) : []),
    report.command === 'plan' ? formatEnums(pipelines, colours, verbose) : [],
    formatWarnings(pipelines, colours, width),
    formatRejectGroups(pipelines, { colours, verbose, width }),
    sequences(report),
    verification(report, colours, width),
    formatProfile(report, colours, verbose),
    formatErrors(errors, colours, width),
    saved(report),
    report.status === 'rejects' ? wrap(admitRejects, width, '→ ').map(colours.cyan) : [],
    ending(report, colours, width),
  ])
}

/** The last line alone: the status in words, and the duration. */
export function formatRunEnding(report: RunReport, colours: Paint): string {
  const { sentence, tone } = describeEnding(report)
  return tones(colours)[tone](sentence)
}

function ending(report: RunReport, colours: Paint, width: number): string[] {
  const { sentence, tone } = describeEnding(report)
  return wrap(sentence, width, '', '  ').map(tones(colours)[tone])
}

function tones({ green, yellow, red }: Paint): Record<Ending['tone'], (text: string) => string> {
  return { good: green, attention: yellow, bad: red }
}

function head({ command, runId, target }: RunReport, colours: Paint): string {
  const what = colours.bold(runId === null ? command : `${command} ${runId}`)
  const where = targetName(target)
  const nothing = command === 'plan' ? `: ${colours.yellow('nothing was written')}` : ''
  return `${what}${where === '' ? '' : ` on ${where}`}${nothing}`
}

function saved({ savedPlan }: RunReport): string[] {
  if (savedPlan === undefined) return []
  const file = stripControls(savedPlan)
  return [`saved to ${file}: \`carryover run --plan ${file}\` does this and nothing else`]
}

function files({ pipelines }: RunReport, colours: Paint): string[] {
  const lines = pipelines.flatMap(({ source }) =>
    source.files.map(
      (file) =>
        `${stripControls(file.path)}  ${colours.dim(`${bytes(file.bytes)}  sha256 ${file.sha256.slice(0, 16)}…`)}`,
    ),
  )
  return lines.length === 0 ? [] : ['files', ...indent(lines)]
}

function sequences({ sequences: moved, command }: RunReport): string[] {
  if (moved.length === 0) return []
  return [
    command === 'plan' ? 'sequences to move' : 'sequences moved',
    ...indent(moved.map(describeSequence)),
  ]
}

function verification({ pipelines }: RunReport, colours: Paint, width: number): string[] {
  const { ok, holds, failed } = describeVerification(pipelines)
  const [first = '', ...others] = wrap(`verified: ${holds}.`, width, '', '  ')
  const good = holds === '' ? [] : [first.replace('verified', colours.green), ...others]
  if (ok) return good
  const broken = failed.map((check) => `${stripControls(check.pipeline)}: ${check.sentence}`)
  return [...good, colours.red('not verified'), ...indent(broken)]
}
