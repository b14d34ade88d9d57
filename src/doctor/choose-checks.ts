import { UsageError } from '../errors.js'
import type { Check } from './check.js'

/**
 * The checks that are asked for. A word is a code (`sequence.behind`) or what stands before its dot (`sequence`).
 * @throws UsageError `usage.no_such_check`
 */
export function chooseChecks(
  checks: readonly Check[],
  { only, skip }: { only: readonly string[]; skip: readonly string[] },
): Check[] {
  const isNamed = (words: readonly string[]) => (check: Check) =>
    words.some((word) => check.code === word || check.code.startsWith(`${word}.`))
  const unknown = [...only, ...skip].find((word) => !checks.some(isNamed([word])))
  if (unknown !== undefined) {
    throw new UsageError('usage.no_such_check', `There is no check "${unknown}".`, {
      hint: nearby(checks, unknown),
    })
  }
  return checks.filter((check) => (only.length === 0 || isNamed(only)(check)) && !isNamed(skip)(check))
}

/** Codes that begin or end alike; all areas where none does. */
function nearby(checks: readonly Check[], word: string): string {
  const [area = '', reason = ''] = word.toLowerCase().replaceAll('-', '_').split('.')
  const begins = (text: string, part: string) => part.length > 2 && text.startsWith(part.slice(0, 4))
  const near = checks
    .map(({ code }) => code)
    .filter((code) => begins(code, area) || begins(code.split('.')[1] ?? '', reason || area))
  if (near.length > 0) return `Did you mean ${near.join(', ')}?`
  const areas = new Set(checks.map(({ code }) => code.split('.')[0]))
  return `Expected a code, or one of ${[...areas].join(', ')} for all that begin with it.`
}
