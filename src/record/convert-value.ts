import { cleanText } from './clean-text.js'
import type { CleanRule, DateRule, DecimalRule, TimestampRule } from './column.js'
import { parseDate } from './parse-date.js'
import { parseDecimal } from './parse-decimal.js'
import { parseInstant } from './parse-instant.js'

/** A column's value, or why the legacy value means none; the value is not in the problem. */
export type Converted = { value: string | null } | { problem: string }

/**
 * What a declared conversion makes of one field. Null and what is missing stay empty; so do empty text and the
 * declared `nulls`, except where text itself is wanted.
 *
 * @throws DefinitionError when the rule itself cannot be understood
 */
export function convertValue(
  rule: CleanRule | DateRule | DecimalRule | TimestampRule,
  found: unknown,
): Converted {
  if (found === null || found === undefined) return { value: null }
  if (rule.kind === 'clean') {
    return typeof found === 'string'
      ? { value: cleanText(found, rule) }
      : { problem: 'a value that is no text' }
  }
  if (found === '' || isNull(found, rule.nulls)) return { value: null }
  const parsed = parse(rule, found)
  return 'problem' in parsed ? parsed : { value: parsed.text }
}

function parse(rule: DateRule | DecimalRule | TimestampRule, found: unknown) {
  switch (rule.kind) {
    case 'timestamp':
      return parseInstant(found, rule)
    case 'date':
      return parseDate(found, rule)
    case 'decimal':
      return parseDecimal(found, rule)
  }
}

/** `0` and `'0'` are both the null `'0'`. */
function isNull(found: unknown, nulls: readonly string[] | undefined): boolean {
  if (nulls === undefined) return false
  const isScalar = typeof found === 'string' || typeof found === 'number' || typeof found === 'bigint'
  return isScalar && nulls.includes(String(found).trim())
}
