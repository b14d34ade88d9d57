import { formatJson } from '../report/format-json.js'
import { stripControls } from '../report/strip-controls.js'
import { duration } from '../report/words/duration.js'
import type { Waiting } from '../run/options.js'
import { describeLease } from '../target/locked-error.js'
import { onPlatform, type OutputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'

/** Tells that there is a wait for another run, and for whom. */
export function announceWait(
  { lease, waitMs }: Waiting,
  form: OutputForm,
  { stdout, stderr, env }: Surroundings,
): void {
  const holder = lease === null ? '' : `: ${describeLease(lease)}`
  const message = stripControls(`waiting up to ${duration(waitMs)} for another run to end${holder}`)
  if (form === 'lines') stdout.write(`${formatJson({ level: 'info', message })}\n`)
  else if (!onPlatform(stdout, env)) stderr.write(`${message}\n`)
}
