import type { WallClock } from './wall-clock.js'

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?([Zz]|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?)?$/

/**
 * ISO 8601 and RFC 3339: `2024-05-06T07:08:09.5+02:00`, `2024-05-06 07:08Z`; `2024-05-06` is midnight.
 * An offset is at most 15:59, as in Postgres. `undefined` for text of another form.
 */
export function readIso(text: string): WallClock | undefined {
  const found = ISO.exec(text)
  if (found === null) return undefined
  return {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: Number(found[4] ?? 0),
    minute: Number(found[5] ?? 0),
    second: Number(found[6] ?? 0),
    fraction: found[7] ?? '',
    offset: found[8],
  }
}
