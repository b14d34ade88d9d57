import type { Output } from './surroundings.js'

/** How a result is written: one JSON object, one JSON object per line, or text for people. */
export type OutputForm = 'object' | 'lines' | 'text'

/** `--json` comes first, then `--log-format`; left to itself it is lines on a deploy platform, and text elsewhere. */
export function outputForm(
  flags: { json?: boolean; logFormat: string },
  stdout: Output,
  env: Readonly<Record<string, string | undefined>>,
): OutputForm {
  if (flags.json === true) return 'object'
  if (flags.logFormat === 'json') return 'lines'
  if (flags.logFormat === 'pretty') return 'text'
  return onPlatform(stdout, env) ? 'lines' : 'text'
}

/** True on a deploy platform, where stderr is shown as errors; false in a shell there. */
export function onPlatform(stdout: Output, env: Readonly<Record<string, string | undefined>>): boolean {
  return (env['RAILWAY_ENVIRONMENT_ID'] ?? '') !== '' && stdout.isTTY !== true
}
