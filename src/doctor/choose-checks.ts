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
      hint: `Known are: ${checks.map(({ code }) => code).join(', ')}.`,
    })
  }
  return checks.filter((check) => (only.length === 0 || isNamed(only)(check)) && !isNamed(skip)(check))
}
