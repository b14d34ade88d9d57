import { joinLegacyKey, legacyKeyText } from './legacy-key.js'
import type { Reject } from './reject.js'

/** What identifies a record: one field, several, or a function of the record. */
export type KeyRule = readonly string[] | ((record: never) => unknown)

/** A record's legacy key as text, undefined when a part of it is missing or is no text and no whole number. */
export function recordKey(rule: KeyRule, record: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof rule !== 'function' && rule.length === 1) return legacyKeyText(record[rule[0] as string])
  const found = typeof rule === 'function' ? rule(record as never) : rule.map((field) => record[field])
  const parts = (Array.isArray(found) ? found : [found]).map(legacyKeyText)
  return parts.length === 0 || parts.includes(undefined) ? undefined : joinLegacyKey(parts as string[])
}

/** A record's legacy key, or why it has none; a key function that throws is the record's fault, and is not quoted. */
export function keyOf(rule: KeyRule, record: Readonly<Record<string, unknown>>): string | Reject {
  try {
    return recordKey(rule, record) ?? noKey(rule)
  } catch (error) {
    return {
      code: 'invalid_record',
      message: `the function of the key threw ${(error as Error)?.name ?? 'something'}`,
    }
  }
}

function noKey(rule: KeyRule): Reject {
  const name = typeof rule === 'function' ? 'the key' : rule.join(' + ')
  return {
    code: 'invalid_record',
    message: `${name}: expected text or a whole number, which identifies the record`,
  }
}
