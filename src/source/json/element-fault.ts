import type { SourceError, SourceLocation } from '../../errors.js'
import { JsonAutomaton } from './json-automaton.js'
import { LINE_FEED } from './json-bytes.js'
import { DOCUMENT_HINT, MEND_HINT, syntaxFault, truncatedFault } from './syntax-fault.js'

/**
 * Why the text of an element is not JSON, with the exact place; undefined when it is a whole JSON text.
 *
 * @param bytes the text of the element, which begins at `start`
 * @param atEnd what may follow on it, for example `a comma or ]`
 * @param isLast true when the file ends behind it, so that an unfinished text is a truncated file
 */
export function findElementFault(
  bytes: Uint8Array,
  start: SourceLocation,
  { atEnd, isLast }: { atEnd: string; isLast: boolean },
): SourceError | undefined {
  const automaton = new JsonAutomaton()
  const index = automaton.run(bytes, 0)
  const place = advance(start, bytes, index)
  if (automaton.event === 'refused') return syntaxFault(place, automaton.expected(atEnd), MEND_HINT)
  if (automaton.isComplete) return undefined
  return isLast ? truncatedFault(place) : syntaxFault(place, automaton.expected(atEnd), DOCUMENT_HINT)
}

function advance(start: SourceLocation, bytes: Uint8Array, index: number): SourceLocation {
  let line = start.line
  for (let at = 0; at < index; at += 1) if (bytes[at] === LINE_FEED) line += 1
  return { file: start.file, line, byte: start.byte + index }
}
