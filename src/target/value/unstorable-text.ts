/// <reference lib="es2024.string" />
import { refuse, type Refused } from './encoded.js'

/**
 * The refusal of text that no database keeps as it is, `undefined` for all other text.
 * Postgres refuses NUL in text; Node encodes a lone surrogate as U+FFFD, so that another text would arrive.
 */
export function refuseUnstorable(text: string): Refused | undefined {
  if (text.includes('\0')) return refuse('nul_character', 'text without NUL characters', 'a NUL character')
  if (text.isWellFormed()) return undefined
  return refuse('lone_surrogate', 'well-formed Unicode', 'half of a surrogate pair')
}
