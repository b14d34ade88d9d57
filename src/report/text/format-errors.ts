import type { RunReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { indent } from './indent.js'
import { wrap } from './wrap.js'

/** What ended it: code, message and what to do. */
export function formatErrors(errors: RunReport['errors'], colours: Paint, width: number): string[] {
  return errors.flatMap(({ code, message, hint }) => [
    `${colours.red('error')} ${colours.dim(code)}`,
    ...indent(message.split('\n').flatMap((line) => wrap(stripControls(line), width - 2))),
    ...(hint === undefined ? [] : indent(hintLines(hint, width - 2).map(colours.cyan))),
  ])
}

/** The statements of a hint stand on lines of their own, which are to be copied and not broken. */
function hintLines(hint: string, width: number): string[] {
  const [sentence = '', ...statements] = hint.split('\n').map(stripControls)
  return [...wrap(sentence, width, '→ '), ...indent(statements)]
}
