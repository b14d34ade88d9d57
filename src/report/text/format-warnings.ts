import type { PipelineReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { describeWarning } from '../words/describe-warning.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** What went well enough to go on and should be looked at, per pipeline and column. */
export function formatWarnings(pipelines: readonly PipelineReport[], colours: Paint): string[] {
  const rows = pipelines.flatMap((pipeline) =>
    pipeline.warnings.map((warning): Cell[] => {
      const { sentence, values, harmless } = describeWarning(warning)
      const where = warning.column === undefined ? pipeline.name : `${pipeline.name}.${warning.column}`
      const seen = values.length === 0 ? '' : colours.dim(`: ${values.join(', ')}`)
      return [
        { text: stripControls(where), paint: colours.bold },
        { text: `${harmless ? sentence : colours.yellow(sentence)}${seen}` },
      ]
    }),
  )
  return rows.length === 0 ? [] : ['noticed', ...indent(alignRows(rows, 'll'))]
}
