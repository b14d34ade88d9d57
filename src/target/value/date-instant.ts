import { kindPhrase, refuse, type Refused } from './encoded.js'

const FIRST = Date.parse('0001-01-01T00:00:00.000Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** The UTC wall clock of a Date in the years that ISO 8601 writes with four digits: `'2024-05-06T07:08:09.500'`. */
export function dateInstant(date: Date, expected: string): string | Refused {
  const time = date.getTime()
  if (Number.isNaN(time)) return refuse('type', expected, kindPhrase(date))
  if (time < FIRST || time > LAST) return refuse('out_of_range', expected, 'a year outside 0001–9999')
  return date.toISOString().slice(0, -1)
}
