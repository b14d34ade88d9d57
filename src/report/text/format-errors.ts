import type { RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { indent } from './indent.js'

/** What ended it: code, message and what to do. */
export function formatErrors(errors: RunReport['errors'], colours: Paint): string[] {
  return errors.flatMap(({ code, message, hint }) => [
    `${colours.red('error')} ${colours.dim(code)}`,
    ...indent(message.split('\n').map(stripControls)),
    ...(hint === undefined ? [] : indent([colours.cyan(`→ ${stripControls(hint)}`)])),
  ])
}
