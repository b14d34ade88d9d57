import type { Definitions } from '../pipeline/definitions.js'
import { hash22 } from '../record/fingerprint.js'
import { familyOf, type PreparedPipeline } from './prepared-pipeline.js'
import type { RunContext } from './run-context.js'

/**
 * A hash of all that says what becomes of a record beside the record itself: the tool's version and the project's modules, the lock
 * file, the tables as the catalogue has them, what the configuration says of them, and what JavaScript's own dates and texts depend on.
 * Undefined where a module looks at something else than that: the time, the environment, a file.
 */
export async function shortCutBasis(
  { definitions, target, settings }: RunContext,
  prepared: PreparedPipeline,
): Promise<string | undefined> {
  const { scope, modules, packages, looksOutside }: Definitions = await definitions()
  if (looksOutside) return undefined
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
  return hash22(
    JSON.stringify([
      [scope, modules, packages],
      [process.version, process.versions.icu, timeZone, locale],
      [target.info.dialect, [...settings.sensitive]],
      familyOf(prepared).map(({ table, pipeline: { policies, bookkeeping } }) => [
        table,
        policies,
        bookkeeping,
      ]),
      familyOf(prepared).flatMap(({ parents }) => [...parents.values()].map(({ table }) => table)),
    ]),
  )
}
