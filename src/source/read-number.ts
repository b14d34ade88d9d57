import { WrittenNumber } from '../written-number.js'

/** The parts of a number as JSON writes it (RFC 8259, section 6). */
const JSON_NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

const ZERO = 0x30

/** A number of a source without loss. Whole numbers beyond ±(2^53 - 1) are never of type `number`. */
export type ExactNumber = number | bigint | WrittenNumber

/**
 * A JSON number without loss: `1.5` → `1.5`, `9007199254740993` → `9007199254740993n`, `1e400` and `1e20` → as written;
 * undefined when the text is no JSON number.
 */
export function readNumber(token: string): ExactNumber | undefined {
  const parts = JSON_NUMBER.exec(token)
  if (parts === null) return undefined
  const number = Number(token)
  const isInteger = parts[3] === undefined && parts[4] === undefined
  if (isInteger) return Number.isSafeInteger(number) ? number : BigInt(token)
  // Whoever meets a number beyond 2^53 must take it for a rounded one.
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return new WrittenNumber(token)
  const kept = JSON_NUMBER.exec(String(number))
  const isKept = kept !== null && isSameMagnitude(decimalOf(parts), decimalOf(kept))
  return isKept ? number : new WrittenNumber(token)
}

/** A magnitude as digits without zeros at either end, times ten to the exponent. */
interface Decimal {
  digits: string
  exponent: number
}

function decimalOf(parts: RegExpExecArray): Decimal {
  const fraction = parts[3] ?? ''
  const digits = parts[2]! + fraction
  let from = 0
  let to = digits.length
  while (from < to && digits.charCodeAt(from) === ZERO) from += 1
  while (to > from && digits.charCodeAt(to - 1) === ZERO) to -= 1
  return {
    digits: digits.slice(from, to),
    exponent: Number(parts[4] ?? 0) - fraction.length + (digits.length - to),
  }
}

function isSameMagnitude(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && (a.digits === '' || a.exponent === b.exponent)
}
