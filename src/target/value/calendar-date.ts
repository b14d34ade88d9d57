import { refuse, type Refused } from './encoded.js'

/** The refusal of year, month and day as digits (`'2024'`, `'02'`, `'30'`), `undefined` for a day that there is. */
export function refuseCalendarDate(
  year: string,
  month: string,
  day: string,
  expected: string,
): Refused | undefined {
  // JavaScript and Postgres count the years before 0001 differently.
  if (year === '0000') return refuse('out_of_range', expected, 'a year outside 0001–9999')
  if (Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month))) return undefined
  return refuse('type', expected, 'a day that no calendar has')
}

/** 0 for a month that there is not. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month < 1 || month > 12) return 0
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
