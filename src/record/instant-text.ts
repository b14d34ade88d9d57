/** `YYYY-MM-DDTHH:MM:SS[.f]Z`, with up to nine fraction digits, or what stands in the way; never the value itself. */
export type ParsedInstant = { text: string } | { problem: string }

const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59Z')

/** The canonical text of an instant: `(1714979289, '500')` → `2024-05-06T07:08:09.5Z`. */
export function instantText(epochSeconds: number, fraction: string): ParsedInstant {
  const time = epochSeconds * 1000
  if (!(time >= FIRST && time <= LAST)) return { problem: 'a year outside 0001–9999' }
  const digits = fraction.replace(/0+$/, '')
  return { text: `${new Date(time).toISOString().slice(0, 19)}${digits && '.' + digits}Z` }
}
