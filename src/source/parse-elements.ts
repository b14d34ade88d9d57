import type { SourceError } from '../errors.js'
import { findElementFault } from './json/element-fault.js'
import type { Element, ElementScanner } from './json/element.js'
import { parseExactJson } from './parse-exact-json.js'
import type { RawRecord } from './raw-record.js'

/** The records that a scanner has just completed, numbered from `ordinal` on, and what is wrong behind them. */
export function parseElements(
  scanner: ElementScanner,
  ordinal: number,
): { records: RawRecord[]; fault: Error | undefined } {
  const records: RawRecord[] = []
  for (const element of scanner.elements) {
    let value: unknown
    try {
      value = parseExactJson(scanner.bytes.toString('utf8', element.from, element.to))
    } catch (error) {
      return { records, fault: explain(scanner, element) ?? (error as Error) }
    }
    if (element.key !== undefined) addKey(value, element.key)
    records.push({ ordinal: ordinal + records.length, value, location: element.location })
  }
  return { records, fault: scanner.fault }
}

/** The place and reason in our own words: those of `JSON.parse` quote the text. */
function explain(scanner: ElementScanner, { from, to, location, isLast }: Element): SourceError | undefined {
  return findElementFault(scanner.bytes.subarray(from, to), location, { atEnd: scanner.atEnd, isLast })
}

function addKey(value: unknown, key: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  ;(value as { $key: string }).$key = key
}
