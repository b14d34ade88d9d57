import type { ListedRun, RunsReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { describeCounts, describeRun, runCounts, runDuration } from '../words/describe-run.js'
import { instant } from '../words/instant.js'
import { targetName } from '../words/target-name.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'

/** The runs of a database, for people; of one alone more is told. */
export function formatRunsText(report: RunsReport, { colour, verbose, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, runs, errors } = report
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    formatList(runs, colours),
    runs.length === 1 || verbose ? runs.flatMap((run) => formatOne(run, colours)) : [],
    formatErrors(errors, colours, width),
    [formatRunsEnding(report, colours)],
  ])
}

/** The last line alone. */
export function formatRunsEnding({ runs, status }: RunsReport, colours: Paint): string {
  if (status !== 'ok') return colours.red('the runs could not be read')
  if (runs.length === 0) return colours.yellow('carryover never ran on this database')
  return colours.green(amount(runs.length, 'run'))
}

function formatList(runs: readonly ListedRun[], colours: Paint): string[] {
  if (runs.length === 0) return []
  const deployed = runs.some(({ deployment }) => deployment !== null)
  const committed = runs.some(({ commit }) => commit !== null)
  const heading = ['run', 'command', 'started', 'took', 'ended', 'counts']
  if (deployed) heading.push('deployment')
  if (committed) heading.push('commit')
  const rows = runs.map((run): Cell[] => [
    { text: String(run.id), paint: colours.bold },
    { text: stripControls(run.command) },
    { text: instant(run.startedAt) },
    { text: runDuration(run) },
    { text: describeRun(run), paint: run.exitCode === 0 ? colours.green : colours.yellow },
    { text: describeCounts(runCounts(run)) },
    ...(deployed ? [{ text: stripControls(run.deployment ?? '') }] : []),
    ...(committed ? [{ text: stripControls(run.commit?.slice(0, 10) ?? '') }] : []),
  ])
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'rlllllll')
}

/** Who ran it, and what came of each pipeline. */
function formatOne(run: ListedRun, colours: Paint): string[] {
  const pipelines = (run.summary?.['pipelines'] ?? []) as { name: string; outcomes: Record<string, number> }[]
  const about = [
    [{ text: 'by', paint: colours.dim }, { text: stripControls(`${run.user} on ${run.host}`) }],
    [{ text: 'version', paint: colours.dim }, { text: `carryover ${stripControls(run.toolVersion)}` }],
    ...pipelines.map(({ name, outcomes }): Cell[] => [
      { text: stripControls(name), paint: colours.dim },
      { text: describeCounts(outcomes) },
    ]),
  ]
  return [`run ${run.id}`, ...indent(alignRows(about, 'll'))]
}
