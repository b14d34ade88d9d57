import { refuseCalendarDate } from './calendar-date.js'
import { kindPhrase, refuse, type Encoded } from './encoded.js'
import { dateInstant } from './date-instant.js'

const EXPECTED = 'a date (YYYY-MM-DD)'
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/

/** `YYYY-MM-DD`, from such text or from a Date at midnight UTC: of any other Date the time would be lost. */
export function encodeDate(value: unknown): Encoded {
  if (value instanceof Date) {
    const instant = dateInstant(value, EXPECTED)
    if (typeof instant !== 'string') return instant
    if (instant.endsWith('T00:00:00.000')) return { text: instant.slice(0, 10) }
    return refuse('type', EXPECTED, 'a Date that is not midnight in UTC')
  }
  if (typeof value !== 'string') return refuse('type', EXPECTED, kindPhrase(value))
  const [, year, month, day] = DATE.exec(value) ?? []
  if (year === undefined) return refuse('type', EXPECTED, 'text of another form')
  return refuseCalendarDate(year, month!, day!, EXPECTED) ?? { text: value }
}
