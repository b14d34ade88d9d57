import { formatJson } from '../report/format-json.js'
import { onPlatform, type OutputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'

const message = 'stopping: the batch in hand is finished or rolled back; a second signal stops at once'

/** Tells that a signal was heard. */
export function announceStop(form: OutputForm, { stdout, stderr, env }: Surroundings): void {
  if (form === 'lines') stdout.write(`${formatJson({ level: 'warn', message })}\n`)
  else if (!onPlatform(stdout, env)) stderr.write(`${message}\n`)
}
