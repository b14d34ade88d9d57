import { parseInstant } from '../parse-instant.js'
import { numberLong } from './numbers.js'
import { hasExactly, Malformed, type Wrapper } from './wrapper.js'

const MALFORMED = new Malformed('an ISO text with its offset, or milliseconds since 1970 in $numberLong')
/** The last millisecond that ECMAScript has a date for; MongoDB itself goes further. */
const LAST_MILLISECOND = 8_640_000_000_000_000

/**
 * `$date`: ISO text in UTC, to the millisecond: `'2024-05-06T07:08:09.500Z'`, beyond the year 9999
 * `'+010000-01-01T00:00:00.000Z'`. Canonical (`$numberLong`), relaxed (text) and of version 1 (a number).
 */
export const date: Wrapper = {
  read: (content) => {
    if (typeof content === 'string') return fromText(content)
    const milliseconds = hasExactly(content, ['$numberLong'])
      ? numberLong.read(content['$numberLong'], content)
      : content
    if (typeof milliseconds === 'bigint') return new Malformed('a date before the year 275760')
    if (typeof milliseconds !== 'number' || !Number.isInteger(milliseconds)) return MALFORMED
    if (Math.abs(milliseconds) > LAST_MILLISECOND) return new Malformed('a date before the year 275760')
    return new Date(milliseconds).toISOString()
  },
}

function fromText(text: string): string | Malformed {
  const instant = parseInstant(text, {})
  if ('problem' in instant) return MALFORMED
  const [whole = '', fraction = ''] = instant.text.slice(0, -1).split('.')
  return `${whole}.${fraction.padEnd(3, '0')}Z`
}
