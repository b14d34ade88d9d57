import type { PipelineReport, Warning } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { describeWarning } from '../words/describe-warning.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'
import { wrap } from './wrap.js'

const width = 80

/** What went well enough to go on and should be looked at, per pipeline and column. */
export function formatWarnings(pipelines: readonly PipelineReport[], colours: Paint): string[] {
  const rows = pipelines.flatMap(({ name, warnings }) =>
    warnings.flatMap((warning) => formatWarning(name, warning, colours)),
  )
  return rows.length === 0 ? [] : ['noticed', ...indent(alignRows(rows, 'll'))]
}

function formatWarning(pipeline: string, warning: Warning, colours: Paint): Cell[][] {
  const { sentence, values, harmless } = describeWarning(warning)
  const where = stripControls(warning.column === undefined ? pipeline : `${pipeline}.${warning.column}`)
  const lines = wrap(values.length === 0 ? sentence : `${sentence}: ${values.join(', ')}`, width)
  const told = lines.map((text): Cell => (harmless ? { text } : { text, paint: colours.yellow }))
  return told.map((cell, index) => [{ text: index === 0 ? where : '', paint: colours.bold }, cell])
}
