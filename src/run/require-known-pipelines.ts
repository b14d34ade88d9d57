import { UsageError } from '../errors.js'
import type { Ledger } from '../target/ledger.js'

/**
 * Answers when the ledger knows all of these pipelines; nobody asks their files. Without a ledger there is nothing to know.
 * @throws UsageError `usage.no_such_pipeline`
 */
export async function requireKnownPipelines(ledger: Ledger, names: readonly string[]): Promise<void> {
  const without: string[] = []
  for (const name of names) if (!(await ledger.knowsAny(name))) without.push(name)
  if (without.length === 0) return
  // One whose source was empty has left nothing but its runs.
  const ran = (await ledger.runs({ limit: Number.MAX_SAFE_INTEGER })).flatMap(({ pipelines }) => pipelines)
  const unknown = without.find((name) => !ran.includes(name))
  if (unknown === undefined) return
  throw new UsageError('usage.no_such_pipeline', `The ledger knows no pipeline ${unknown}.`, {
    hint:
      ran.length === 0
        ? 'No pipeline has run on this database yet.'
        : `It knows ${[...new Set(ran)].toSorted().join(', ')}.`,
  })
}
