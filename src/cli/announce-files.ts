import { stripControls } from '../report/strip-controls.js'
import { onPlatform, type OutputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'

/** Tells people which files were written beside the report. */
export function announceFiles(
  paths: readonly string[],
  form: OutputForm,
  { stdout, stderr, env }: Surroundings,
): void {
  if (form !== 'text' || onPlatform(stdout, env)) return
  for (const path of paths) stderr.write(`wrote ${stripControls(path)}\n`)
}
