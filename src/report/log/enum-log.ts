import type { EnumReport } from '../../run/run-report.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { describeEnum } from '../words/describe-enum.js'
import type { LogEntry } from './log-entry.js'

/** Values that one line names. */
const named = 20

/** The legacy values of a pipeline's enums and where they lead: a line for each column, a warning where some lead nowhere. */
export function enumLog({ name, enums = [] }: { name: string; enums?: EnumReport[] }): LogEntry[] {
  return enums
    .filter(({ values }) => values.length > 0)
    .map((found) => {
      const { values, alarm, more } = describeEnum(found, named)
      const told = values.map(
        ({ legacy, count: times, to, via }) => `${legacy} × ${count(times)} → ${to} (${via})`,
      )
      const where = stripControls(`${name}.${found.column}`)
      return {
        level: alarm === '' ? 'info' : 'warn',
        message: `${where}: ${[...(alarm === '' ? [] : [alarm]), ...told, ...(more === '' ? [] : [more])].join(', ')}`,
        pipeline: name,
        column: found.column,
        enum: found.enum,
      }
    })
}
