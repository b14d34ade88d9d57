import { encodingFault } from './file/encoding-fault.js'
import type { ElementScanner } from './json/element.js'
import { parseElements } from './parse-elements.js'
import type { RawRecord } from './raw-record.js'
import { Utf8Gate } from './file/utf8-gate.js'

/**
 * The records of one text, numbered from `firstOrdinal` on, a list for each piece of the text.
 *
 * @throws SourceError behind the last record that precedes the error
 */
export async function* readRecords(
  text: AsyncIterable<Buffer>,
  { scanner, firstOrdinal }: { scanner: ElementScanner; firstOrdinal: number },
): AsyncGenerator<RawRecord[], void, undefined> {
  const gate = new Utf8Gate()
  let ordinal = firstOrdinal
  function* completed(): Generator<RawRecord[], void, undefined> {
    const { records, fault } = parseElements(scanner, ordinal)
    ordinal += records.length
    if (records.length > 0) yield records
    if (fault !== undefined) throw fault
  }

  for await (const piece of text) {
    scanner.push(gate.push(piece))
    yield* completed()
    if (gate.fault !== undefined) throw encodingFault(gate.fault, scanner.location)
  }
  scanner.push(gate.end())
  yield* completed()
  if (gate.fault !== undefined) throw encodingFault(gate.fault, scanner.location)
  scanner.end()
  yield* completed()
  // Only now: a text that is cut off inside a character is first of all cut off.
  if (gate.isCutOff) throw encodingFault('invalid_utf8', scanner.location)
}
