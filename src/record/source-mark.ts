import { isWrittenNumber } from '../written-number.js'
import { hash22 } from './fingerprint.js'

/** A number that the source had beyond what JavaScript can hold is printed as text; so may be texts that look like one. */
const maybeNumberAsText = /"-?\d(?:[\d.]{15}|[\d.]*[eE])/

/**
 * 22 characters that stand for a record as the source has it: what white space and escapes say does not count, what a schema can
 * see does, the order of the fields too.
 * @param around what else its schema sees
 */
export function sourceMark(value: unknown, around: unknown): string {
  const seen = around === undefined ? value : [value, around]
  return hash22(plainJson(seen) ?? JSON.stringify(seen, tagNumbers))
}

/** Undefined where JSON says less than the value. */
function plainJson(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value)
    return maybeNumberAsText.test(text) ? undefined : text
  } catch {
    return undefined // JSON has no bigint
  }
}

function tagNumbers(this: unknown, key: string, printed: unknown): unknown {
  const value = (this as Record<string, unknown>)[key]
  if (typeof value === 'bigint') return `\u0000${value}`
  return isWrittenNumber(value) ? `\u0000${value}` : printed
}
