import type { SourceError } from '../errors.js'
import { findElementFault } from './json/element-fault.js'
import type { Element, ElementScanner } from './json/element.js'
import { parseExactJson } from './parse-exact-json.js'
import type { RawRecord, Surroundings } from './raw-record.js'

/**
 * The records that a scanner has just completed, numbered from `ordinal` on, and what is wrong behind them.
 *
 * @param ofFile what is told to every record of the file
 */
export function parseElements(
  scanner: ElementScanner,
  ordinal: number,
  ofFile: Surroundings,
): { records: RawRecord[]; fault: Error | undefined } {
  const records: RawRecord[] = []
  for (const element of scanner.elements) {
    let value: unknown
    try {
      value = parseExactJson(scanner.bytes.toString('utf8', element.from, element.to))
    } catch (error) {
      return { records, fault: findFault(scanner, element) ?? (error as Error) }
    }
    const surroundings = surroundingsOf(element, ofFile)
    records.push({ ordinal: ordinal + records.length, value, surroundings, location: element.location })
  }
  return { records, fault: scanner.fault }
}

/** What is wrong with the elements that a scanner has just completed, or behind them; no value is made of them. */
export function checkElements(scanner: ElementScanner): SourceError | undefined {
  for (const element of scanner.elements) {
    const fault = findFault(scanner, element)
    if (fault !== undefined) return fault
  }
  return scanner.fault
}

/** The place and reason in our own words: those of `JSON.parse` quote the text. */
function findFault(scanner: ElementScanner, element: Element): SourceError | undefined {
  return findElementFault(scanner.bytes.subarray(element.from, element.to), element.location, element)
}

function surroundingsOf({ key, outer }: Element, ofFile: Surroundings): Surroundings {
  if (key === undefined && outer === undefined) return ofFile
  return {
    ...ofFile,
    ...(key === undefined ? {} : { $key: key }),
    ...(outer === undefined ? {} : { $parent: outer.value }),
  }
}
