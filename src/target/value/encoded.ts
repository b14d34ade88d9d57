import { isWrittenNumber } from '../../written-number.js'

/** What a value became: the canonical text that both engines store, or the reason why it cannot be stored. */
export type Encoded = { text: string | null } | Refused

/** A value that the column does not take. */
export interface Refused {
  refusal: Refusal
}

/** Why. `expected` and `found` are phrases for people and never hold the value: `34 characters`. */
export interface Refusal {
  code: 'type' | 'too_long' | 'out_of_range' | 'nul_character' | 'lone_surrogate'
  expected: string
  found: string
}

/** A refusal, in one line. */
export function refuse(code: Refusal['code'], expected: string, found: string): Refused {
  return { refusal: { code, expected, found } }
}

/** A refusal because the value is of another kind altogether: `refuseKind('a date', true)` → found `a boolean`. */
export function refuseKind(expected: string, value: unknown): Refused {
  return refuse('type', expected, kindPhrase(value))
}

/** What kind of value it is, as a phrase: `7` → `a number`, `null` → `null`, `[]` → `an array`. */
export function kindPhrase(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'a number that is not finite'
  if (isWrittenNumber(value)) return 'a number'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  return value instanceof Uint8Array ? 'bytes' : 'an object'
}
