import { unwatched } from './at-work.js'
import { encodingFault } from './file/encoding-fault.js'
import { Utf8Gate } from './file/utf8-gate.js'
import type { ElementScanner } from './json/element.js'

/**
 * Pushes a text through a scanner, and yields whenever there is something to take from it.
 *
 * @throws SourceError when the text is no UTF-8, behind the last element that precedes the error
 */
export async function* scanText(
  text: AsyncIterable<Buffer>,
  scanner: ElementScanner,
  atWork = unwatched,
): AsyncGenerator<void, void, undefined> {
  const gate = new Utf8Gate()
  for await (const piece of text) {
    atWork(() => scanner.push(gate.push(piece)))
    yield
    if (gate.fault !== undefined) throw encodingFault(gate.fault, scanner.location)
  }
  scanner.push(gate.end())
  yield
  if (gate.fault !== undefined) throw encodingFault(gate.fault, scanner.location)
  scanner.end()
  yield
  // Only now: a text that is cut off inside a character is first of all cut off.
  if (gate.isCutOff) throw encodingFault('invalid_utf8', scanner.location)
}
