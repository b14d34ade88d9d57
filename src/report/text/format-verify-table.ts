import type { RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { alignRows, type Cell } from './align-rows.js'

/** A verification at a glance: a line per pipeline, a column per check; `285 of 286` where it does not hold. */
export function formatVerifyTable({ pipelines }: RunReport, colours: Paint): string[] {
  const names = [
    ...new Set(pipelines.flatMap((pipeline) => pipeline.verification.checks.map((check) => check.name))),
  ]
  if (names.length === 0) return []
  const rows: Cell[][] = [
    ['pipeline', ...names.map((name) => (name === 'references' ? 'dangling references' : name))].map(
      (text) => ({
        text,
        paint: colours.dim,
      }),
    ),
    ...pipelines.map((pipeline) => [
      { text: stripControls(pipeline.name), paint: colours.bold },
      ...names.map((name): Cell => {
        const check = pipeline.verification.checks.find((one) => one.name === name)
        if (check === undefined) return { text: '·', paint: colours.dim }
        // Dangling references are expected to be none: `0` in a table of what was found would read as a failure.
        if (check.ok)
          return { text: check.expected === 0 ? 'none' : count(check.actual), paint: colours.green }
        const of = check.expected === 0 ? '' : ` of ${count(check.expected)}`
        return { text: `${count(check.actual)}${of}`, paint: colours.red }
      }),
    ]),
  ]
  return alignRows(rows, `l${'r'.repeat(names.length)}`)
}
