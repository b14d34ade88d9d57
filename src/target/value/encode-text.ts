import { kindPhrase, refuse, type Encoded } from './encoded.js'
import type { ColumnType } from './column-type.js'
import { refuseUnstorable } from './unstorable-text.js'

type TextType = Extract<ColumnType, { kind: 'text' }>

/**
 * Text as it is; for `char(n)` without the trailing blanks, which mean nothing there.
 * Nothing is converted: `7` for a text column is more often a wrong mapping than a wish.
 */
export function encodeText(type: TextType, value: unknown): Encoded {
  if (typeof value !== 'string') {
    return refuse('type', textPhrase(type), `${kindPhrase(value)}, convert it in the pipeline`)
  }
  const unstorable = refuseUnstorable(value)
  if (unstorable !== undefined) return unstorable
  const text = type.padded === true && value.endsWith(' ') ? value.replace(/ +$/, '') : value
  // A text has no more characters than UTF-16 units, so that counting is seldom needed.
  if (type.maxLength !== undefined && text.length > type.maxLength) {
    const length = codePoints(text)
    if (length > type.maxLength) return refuse('too_long', textPhrase(type), `${length} characters`)
  }
  return { text }
}

function textPhrase({ maxLength }: TextType): string {
  return maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`
}

/** What the databases call characters. The text is well-formed here: each pair starts with one high surrogate. */
function codePoints(text: string): number {
  let pairs = 0
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) pairs++
  return text.length - pairs
}
