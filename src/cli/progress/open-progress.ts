import { formatJson } from '../../report/format-json.js'
import { onPlatform, type OutputForm } from '../output-form.js'
import type { Surroundings } from '../surroundings.js'
import { occasionalProgress } from './occasional-progress.js'
import type { ProgressView } from './progress-view.js'
import { terminalProgress } from './terminal-progress.js'

const silent: ProgressView = { update: () => undefined, end: () => undefined }

/** The view of progress that suits the streams: a line written over, plain lines, lines of JSON, or none. */
export function openProgress(form: OutputForm, quiet: boolean, surroundings: Surroundings): ProgressView {
  const { stdout, stderr, env, now } = surroundings
  if (quiet) return silent
  if (form === 'lines') {
    return occasionalProgress((message, progress) => {
      const { pipeline, records, recordsPerSecond, rejected } = progress
      const entry = { level: 'info', message, pipeline, records, recordsPerSecond, rejected }
      stdout.write(`${formatJson(entry)}\n`)
    }, now)
  }
  // A deploy platform shows what comes on stderr as errors.
  if (onPlatform(stdout, env)) return silent
  if (stderr.isTTY === true && env['TERM'] !== 'dumb') return terminalProgress(stderr, now)
  return occasionalProgress((line) => stderr.write(`${line}\n`), now)
}
