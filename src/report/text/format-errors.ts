import type { RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { indent } from './indent.js'

/** What ended it: code, message and what to do. */
export function formatErrors(errors: RunReport['errors'], colours: Paint): string[] {
  return errors.flatMap(({ code, message, hint }) => [
    `${colours.red('error')} ${colours.dim(code)}`,
    ...indent(message.split('\n').map(stripControls)),
    ...(hint === undefined ? [] : indent(hintLines(hint).map(colours.cyan))),
  ])
}

/** The statements of a hint stand on lines of their own. */
function hintLines(hint: string): string[] {
  return hint.split('\n').map((line, index) => `${index === 0 ? '→ ' : '  '}${stripControls(line)}`)
}
