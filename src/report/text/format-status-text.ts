import type { LeaseReport, StatusReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { duration } from '../words/duration.js'
import { instant } from '../words/instant.js'
import { targetName } from '../words/target-name.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatErrors } from './format-errors.js'
import { formatLease } from './format-lease.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

type LastRun = NonNullable<StatusReport['lastRun']>

/** What the ledger knows, for people: the last run, and what each pipeline has. */
export function formatStatusText(report: StatusReport, { colour, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, lastRun, lease, errors } = report
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    lease === null ? [] : formatHolder(lease, colours, width),
    lastRun === null ? [] : formatLastRun(lastRun, lease, colours),
    formatStates(report, colours),
    formatErrors(errors, colours, width),
    [formatStatusEnding(report, colours)],
  ])
}

function formatHolder(lease: LeaseReport, colours: Paint, width: number): string[] {
  if (lease.held) return formatLease(lease, colours.yellow('at work'), colours)
  const hint = 'The lock is free: the next run takes over, or carryover unlock clears this.'
  return [
    ...formatLease(lease, colours.red('left by a run that died'), colours),
    ...indent(wrap(hint, width - 2, '→ ').map(colours.cyan)),
  ]
}

/** The last line alone: what the database holds. */
export function formatStatusEnding({ ledger, pipelines, status }: StatusReport, colours: Paint): string {
  if (status !== 'ok') return colours.red('the status could not be read')
  if (!ledger) return colours.yellow('carryover never ran on this database')
  const records = pipelines.reduce((sum, state) => sum + state.owners + state.aliases, 0)
  const open = pipelines.reduce((sum, state) => sum + state.openRejects, 0)
  const known = `${amount(pipelines.length, 'pipeline')}, ${amount(records, 'record')} carried over`
  if (open === 0) return colours.green(`${known}, no open rejects`)
  return colours.yellow(`${known}, ${amount(open, 'open reject')}: see carryover rejects`)
}

function formatLastRun(run: LastRun, lease: StatusReport['lease'], colours: Paint): string[] {
  const tone = run.exitCode === 0 ? colours.green : run.status === 'running' ? colours.yellow : colours.red
  const code = run.exitCode === null || run.exitCode === 0 ? '' : ` (exit code ${run.exitCode})`
  const interrupted = run.status === 'interrupted'
  const rows: [string, string | null][] = [
    ['started', instant(run.startedAt)],
    [
      interrupted ? 'last sign of life' : 'finished',
      run.finishedAt && `${instant(run.finishedAt)}, after ${tookOf(run, run.finishedAt)}`,
    ],
    ['by', `${run.user} on ${run.host}`],
    ['version', `carryover ${run.toolVersion}`],
    ['deployment', run.deployment],
    ['commit', run.commit],
    ['pipelines', run.pipelines.join(', ')],
  ]
  const cells = rows.flatMap(([name, text]): Cell[][] =>
    text === null || text === '' ? [] : [[{ text: name, paint: colours.dim }, { text: stripControls(text) }]],
  )
  return [
    `last run: ${colours.bold(`${run.command} ${run.id}`)}  ${tone(wordOf(run, lease))}${code}`,
    ...indent(alignRows(cells, 'll')),
  ]
}

function wordOf(run: LastRun, lease: StatusReport['lease']): string {
  if (run.status !== 'running') return stripControls(run.status)
  return lease?.held === true && lease.runId === run.id ? 'still at work' : 'died before its end'
}

function tookOf(run: LastRun, finishedAt: string): string {
  return duration(Math.max(0, Date.parse(finishedAt) - Date.parse(run.startedAt)))
}

function formatStates({ pipelines }: StatusReport, colours: Paint): string[] {
  if (pipelines.length === 0) return []
  const heading = ['pipeline', 'table', 'rows', 'aliases', 'deleted', 'open rejects']
  const number = (value: number, tone?: (text: string) => string): Cell =>
    value === 0 ? { text: '·', paint: colours.dim } : { text: count(value), ...(tone && { paint: tone }) }
  const rows = pipelines.map((state): Cell[] => [
    { text: stripControls(state.pipeline), paint: colours.bold },
    { text: state.table },
    number(state.owners),
    number(state.aliases),
    number(state.deleted, colours.yellow),
    number(state.openRejects, colours.red),
  ])
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'llrrrr')
}
