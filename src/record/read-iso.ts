import type { WallClock } from './wall-clock.js'

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?([Zz]|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?)?$/

/**
 * ISO 8601 and RFC 3339: `2024-05-06T07:08:09.5+02:00`, `2024-05-06 07:08Z`; `2024-05-06` is midnight.
 * An offset is at most 15:59, as in Postgres. `undefined` for text of another form.
 */
export function readIso(text: string): WallClock | undefined {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', offset] = ISO.exec(text) ?? []
  if (year === undefined) return undefined
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  return { ...date, hour: Number(hour), minute: Number(minute), second: Number(second), fraction, offset }
}
