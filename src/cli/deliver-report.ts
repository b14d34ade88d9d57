import { formatJson } from '../report/format-json.js'
import { paint } from '../report/paint.js'
import type { TextStyle } from '../report/text/text-style.js'
import type { AnyReport, CommandSpec } from './command-spec.js'
import type { CommonFlags } from './options/common-options.js'
import type { OutputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'
import { textWidth } from './text-width.js'
import { wantsColour } from './wants-colour.js'

/** Writes a report in the form that was asked for. */
export async function deliverReport<Report extends AnyReport, Flags extends CommonFlags>(
  spec: CommandSpec<Report, Flags>,
  report: Report,
  flags: Flags,
  form: OutputForm,
  surroundings: Surroundings,
): Promise<void> {
  const { stdout, stderr } = surroundings
  if (form === 'object') {
    stdout.write(`${formatJson(report, stdout.isTTY === true ? 2 : 0)}\n`)
    return
  }
  const document = await spec.document?.(report, flags)
  if (document !== undefined) {
    stdout.write(document)
    return
  }
  if (form === 'lines') {
    const entries = await spec.forms.log(report)
    const shown =
      flags.quiet === true
        ? entries.filter((entry, index) => entry.level === 'error' || index === entries.length - 1)
        : entries
    stdout.write(shown.map((entry) => `${formatJson(entry)}\n`).join(''))
    return
  }
  const colour = wantsColour(flags, stdout, surroundings.env)
  const style = { colour, verbose: flags.verbose === true, width: textWidth(stdout) }
  stdout.write(flags.quiet ? await quietText(spec, report, style) : await spec.forms.text(report, style))
  // The report was sent elsewhere: whoever sits at the terminal still learns why it failed.
  if (report.errors.length > 0 && stdout.isTTY !== true && stderr.isTTY === true) {
    stderr.write(
      await errorText(report, {
        colour: wantsColour(flags, stderr, surroundings.env),
        width: textWidth(stderr),
      }),
    )
  }
}

async function quietText<Report extends AnyReport, Flags extends CommonFlags>(
  spec: CommandSpec<Report, Flags>,
  report: Report,
  style: TextStyle,
): Promise<string> {
  const errors = report.errors.length === 0 ? '' : await errorText(report, style)
  return `${errors}${await spec.forms.ending(report, paint(style.colour))}\n`
}

async function errorText(
  { errors }: AnyReport,
  { colour, width }: Pick<TextStyle, 'colour' | 'width'>,
): Promise<string> {
  const { formatErrors } = await import('../report/text/format-errors.js')
  return `${formatErrors(errors, paint(colour), width).join('\n')}\n`
}
