import { randomInt, randomUUID } from 'node:crypto'
import type { ColumnType } from './value/column-type.js'

/** How many kinds of values there are for a column: see `spareValue`. */
export const spareKinds = 4

/** The longest text that is made up for a column without a limit. */
const longText = 60
/** Digits of the greatest random number; `randomInt` takes no more than 2^48. */
const mostDigits = 14

/**
 * A value that is most probably nobody's, as canonical text; undefined where the type has none of the kind. Kinds: 0 as far from
 * real data as the type allows, 1 of the shape of the value that it stands for, but longer, 2 and 3 of the same length, since a
 * check may know how a value looks: `ab-12` → `kx-70`.
 */
export function spareValue(type: ColumnType, current: string | null, kind: number): string | undefined {
  switch (type.kind) {
    case 'text':
      return spareText(type.maxLength ?? longText, current, kind)
    case 'uuid':
      return randomUUID()
    case 'integer':
      return spareNumber(type.bits === 16 ? 4 : type.bits === 32 ? 9 : mostDigits, current, kind)
    case 'numeric':
      return spareNumber(digitsBeforePoint(type), current, kind)
    case 'date':
      return `${randomInt(3000, 9000)}-${twoDigits(randomInt(1, 13))}-${twoDigits(randomInt(1, 29))}`
    default:
      return undefined
  }
}

function spareText(maxLength: number, current: string | null, kind: number): string | undefined {
  if (kind === 0) return `parked-${randomUUID()}`.slice(-maxLength)
  if (current === null || current === '') return undefined
  const shaped = current.replace(/[a-z0-9]/gi, randomLike)
  if (kind > 1) return shaped
  const last = current.match(/[a-z0-9](?=[^a-z0-9]*$)/i)?.[0]
  const first = current.match(/[a-z]/i)?.[0] ?? last
  const room = Math.min(maxLength, longText) - current.length
  if (first === undefined || room <= 0) return undefined
  // After the first character of its kind, so that a prefix or an ending keeps its place.
  const at = current.indexOf(first) + 1
  return (
    shaped.slice(0, at) + Array.from({ length: room }, () => randomLike(first)).join('') + shaped.slice(at)
  )
}

function spareNumber(digits: number, current: string | null, kind: number): string | undefined {
  if (kind === 0) return String(randomInt(10 ** (digits - 1), 10 ** digits))
  if (kind === 3) return String(-randomInt(1, 10 ** digits))
  const length = current === null ? 0 : (/^\d+/.exec(current)?.[0].length ?? 0)
  return length === 0 || length > mostDigits ? undefined : String(randomInt(10 ** (length - 1), 10 ** length))
}

function digitsBeforePoint(type: Extract<ColumnType, { kind: 'numeric' }>): number {
  return Math.max(1, Math.min(mostDigits, (type.precision ?? mostDigits) - (type.scale ?? 0)))
}

function randomLike(character: string): string {
  if (/\d/.test(character)) return String(randomInt(10))
  const letter = String.fromCharCode(97 + randomInt(26))
  return character >= 'a' ? letter : letter.toUpperCase()
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
