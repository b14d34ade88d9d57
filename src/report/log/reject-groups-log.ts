import type { RejectGroup } from '../../run/run-report.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { rejectAdvice } from '../words/reject-advice.js'
import type { LogEntry } from './log-entry.js'

/** A pipeline's rejects: a line for each code and column, with an example and what to do. */
export function rejectGroupsLog({ name, rejects }: { name: string; rejects: RejectGroup[] }): LogEntry[] {
  return rejects.map(({ code, column, count, examples: [example] }) => {
    const where = stripControls(column === undefined ? name : `${name}.${column}`)
    const what = example === undefined ? '' : `, for example: ${stripControls(example.message)}`
    return {
      level: 'warn',
      message: `${where}: ${amount(count, 'record')} rejected as ${code}${what}`,
      pipeline: name,
      code,
      count,
      ...(column !== undefined && { column }),
      ...(example !== undefined && { key: example.key, at: example.at }),
      advice: rejectAdvice(code),
    }
  })
}
