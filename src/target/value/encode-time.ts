import { CLOCK, clockTime, OFFSET } from './clock-time.js'
import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded } from './encoded.js'

type TimeType = Extract<ColumnType, { kind: 'time' }>

const TIME = new RegExp(`^${CLOCK}${OFFSET}?$`)

/**
 * A time of day: `'07:08'` → `'07:08:00'`. With a zone the offset stays, since Postgres keeps and compares it:
 * `'07:08+0200'` → `'07:08:00+02:00'`.
 */
export function encodeTime(type: TimeType, value: unknown): Encoded {
  const expected = timePhrase(type)
  if (typeof value !== 'string') return refuse('type', expected, kindPhrase(value))
  const [, hour, minute, second, fraction, offset] = TIME.exec(value) ?? []
  if (hour === undefined) return refuse('type', expected, 'text of another form')
  if (type.zoned !== (offset !== undefined)) {
    return refuse('type', expected, type.zoned ? 'text without an offset' : 'text with an offset')
  }
  const clock = clockTime(hour, minute!, second, fraction, type.precision, expected)
  if (typeof clock !== 'string') return clock
  return { text: offset === undefined ? clock : clock + canonicalOffset(offset) }
}

/** `'Z'` → `'+00:00'`, `'-03'` → `'-03:00'`. */
function canonicalOffset(offset: string): string {
  if (offset === 'Z' || offset === 'z') return '+00:00'
  const minutes = offset.slice(3).replace(':', '') || '00'
  const text = `${offset.slice(0, 3)}:${minutes}`
  return text === '-00:00' ? '+00:00' : text
}

function timePhrase({ zoned, precision }: TimeType): string {
  return `a time of day ${zoned ? 'with' : 'without'} an offset, at most ${precision} fraction digits`
}
