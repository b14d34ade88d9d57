import { formatJson } from '../report/format-json.js'
import { stripControls } from '../report/strip-controls.js'
import { describeUnexpected, stackFrames } from './describe-unexpected.js'
import type { CommonFlags } from './options/common-options.js'
import type { OutputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'

const hint = 'This is a defect of carryover or of a pipeline: --verbose shows where it happened.'

/** Tells of an error that nobody foresaw, in the form that was asked for; answers the exit code. */
export function reportDefect(
  error: unknown,
  command: string,
  flags: CommonFlags,
  form: OutputForm,
  exitCode: number,
  { stdout, stderr }: Surroundings,
): number {
  const code = 'internal.unexpected'
  const message = stripControls(describeUnexpected(error, flags.showValues === true))
  const stack = flags.verbose === true ? stackFrames(error) : undefined
  const told = { code, message, ...(stack === undefined ? { hint } : { stack }) }
  switch (form) {
    case 'object': {
      const report = { schemaVersion: 1, command, status: 'failed', exitCode, errors: [told] }
      stdout.write(`${formatJson(report, stdout.isTTY === true ? 2 : 0)}\n`)
      break
    }
    case 'lines':
      stdout.write(`${formatJson({ level: 'error', ...told, exitCode })}\n`)
      break
    case 'text':
      stderr.write([`unexpected error: ${message}`, ...(stack ?? [`  → ${hint}`]), ''].join('\n'))
  }
  return exitCode
}
