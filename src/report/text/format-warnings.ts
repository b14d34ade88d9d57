import type { PipelineReport, Warning } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { describeWarning } from '../words/describe-warning.js'
import { alignRows, type Cell } from './align-rows.js'
import { displayWidth } from './display-width.js'
import { indent } from './indent.js'
import { wrap } from './wrap.js'

const leastWidth = 20
const gap = 2

/** What went well enough to go on and should be looked at, per pipeline and column. */
export function formatWarnings(
  pipelines: readonly PipelineReport[],
  colours: Paint,
  width: number,
): string[] {
  const all = pipelines.flatMap(({ name, warnings }) =>
    warnings.map((warning) => ({ where: placeOf(name, warning), warning })),
  )
  const taken = Math.max(...all.map(({ where }) => displayWidth(where))) + 2 * gap
  const rows = all.flatMap(({ where, warning }) =>
    formatWarning(where, warning, colours, Math.max(width - taken, leastWidth)),
  )
  return rows.length === 0 ? [] : ['noticed', ...indent(alignRows(rows, 'll'))]
}

function placeOf(pipeline: string, { column }: Warning): string {
  return stripControls(column === undefined ? pipeline : `${pipeline}.${column}`)
}

function formatWarning(where: string, warning: Warning, colours: Paint, width: number): Cell[][] {
  const { sentence, values, harmless } = describeWarning(warning)
  const lines = wrap(values.length === 0 ? sentence : `${sentence}: ${values.join(', ')}`, width)
  const told = lines.map((text): Cell => (harmless ? { text } : { text, paint: colours.yellow }))
  return told.map((cell, index) => [{ text: index === 0 ? where : '', paint: colours.bold }, cell])
}
