import type { SourceError, SourceLocation } from '../../errors.js'
import { JsonAutomaton } from './json-automaton.js'
import { DOCUMENT_HINT, MEND_HINT, syntaxFault, truncatedFault } from './syntax-fault.js'
import { placeIn } from './text-place.js'

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
  if (automaton.event !== 'refused' && automaton.isComplete) return undefined
  const place = { file: start.file, ...placeIn(bytes, index, start) }
  if (automaton.event === 'refused') return syntaxFault(place, automaton.expected(atEnd), MEND_HINT)
  return isLast ? truncatedFault(place) : syntaxFault(place, automaton.expected(atEnd), DOCUMENT_HINT)
}

/** The first byte that JSON does not allow in the text of an element that may go on. */
export function findRefusal(
  bytes: Uint8Array,
  start: SourceLocation,
  atEnd: string,
): SourceError | undefined {
  const fault = findElementFault(bytes, start, { atEnd, isLast: true })
  return fault?.code === 'source.syntax' ? fault : undefined
}
