/** What a text says about an instant, before anybody asked whether there is such a day. */
export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** Digits after the second's point. */
  fraction: string
  /** `Z`, `+02`, `+0200` or `+02:00`; `undefined` when the text has none. */
  offset: string | undefined
}

/** Why there is no such moment on any calendar and clock, `undefined` when there is. */
export function wallClockProblem({ year, month, day, hour, minute, second }: WallClock): string | undefined {
  if (year < 1) return 'a year outside 0001–9999'
  if (day < 1 || day > daysInMonth(year, month)) return 'a day that no calendar has'
  // Hour 24 and second 60 would arrive as another instant.
  return hour > 23 || minute > 59 || second > 59 ? 'a time of day that no clock shows' : undefined
}

/** Seconds from 1970-01-01T00:00:00 on the same clock. */
export function wallSeconds({ year, month, day, hour, minute, second }: WallClock): number {
  // Date.UTC takes the years 0–99 for 1900–1999.
  const date = new Date(0).setUTCFullYear(year, month - 1, day)
  return date / 1000 + hour * 3600 + minute * 60 + second
}

/** 0 for a month that there is not. */
function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
