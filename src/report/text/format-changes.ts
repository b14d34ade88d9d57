import type { PipelineReport, PlannedChange } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from '../words/amount.js'
import { changesNotShown, describeChange } from '../words/describe-change.js'
import { outcomeWord } from '../words/outcomes.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** The changes a plan foresees in one pipeline, column by column. */
export function formatChanges(pipeline: PipelineReport, colours: Paint): string[] {
  const { changes = [], outcomes } = pipeline
  const more = changesNotShown(pipeline)
  if (changes.length === 0 && more === 0) return []
  const total = (['inserted', 'updated', 'removed'] as const).flatMap((name) =>
    outcomes[name] > 0 ? [`${count(outcomes[name])} ${outcomeWord(name, true)}`] : [],
  )
  return [
    `${colours.bold(stripControls(pipeline.name))}${total.length === 0 ? '' : `  ${total.join(', ')}`}`,
    ...indent(changes.flatMap((change) => formatChange(change, colours))),
    ...(more > 0 ? [colours.dim(`  … and ${amount(more, 'more change', 'more changes')}`)] : []),
  ]
}

function formatChange(change: PlannedChange, colours: Paint): string[] {
  const sign = { insert: colours.green('+'), update: colours.cyan('~'), delete: colours.red('-') }[
    change.action
  ]
  const rows = describeChange(change).map(({ column, from, to }): Cell[] => [
    { text: stripControls(column), paint: colours.dim },
    { text: from === undefined ? to : `${colours.red(from)} → ${colours.green(to)}` },
  ])
  return [
    `${sign} ${colours.bold(stripControls(change.key))} ${colours.dim(`at ${stripControls(change.at)}`)}`,
    ...indent(alignRows(rows, 'll'), 4),
  ]
}
