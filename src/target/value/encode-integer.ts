import { isWrittenNumber, type WrittenNumber } from '../../written-number.js'
import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded } from './encoded.js'
import { decimalText, readExactDecimal } from './exact-decimal.js'

type IntegerType = Extract<ColumnType, { kind: 'integer' }>

const LARGEST = { 16: 32_767n, 32: 2_147_483_647n, 64: 9_223_372_036_854_775_807n }
const INTEGER_TEXT = /^([+-]?)0*(\d+)$/
/** Every integer of up to 15 digits is exact as a number. */
const EXACT_DIGITS = 15
const DIGITS_OF_64_BITS = 19

/** Plain digits: `7`, `7n`, `'7'`, `'+7'`, `'007'` → `'7'`; `'-0'` → `'0'`. */
export function encodeInteger(type: IntegerType, value: unknown): Encoded {
  if (typeof value === 'number') return fromNumber(type, value)
  if (typeof value === 'bigint') return fits(type, value) ? { text: String(value) } : tooLarge(type)
  if (typeof value === 'string') return fromText(type, value)
  if (isWrittenNumber(value)) return fromWritten(type, value)
  return refuse('type', integerPhrase(type), kindPhrase(value))
}

function fromNumber(type: IntegerType, value: number): Encoded {
  if (!Number.isInteger(value)) {
    return refuse('type', integerPhrase(type), Number.isFinite(value) ? 'a fraction' : kindPhrase(value))
  }
  if (!Number.isSafeInteger(value)) {
    // Past 2^53 the number may be a neighbour of the one that was written.
    return refuse('out_of_range', integerPhrase(type), 'an integer beyond 2^53, which was rounded on the way')
  }
  return fits(type, value) ? { text: String(value) } : tooLarge(type)
}

/** `1e18` is as whole a number as `1e3`, which arrives as 1000. */
function fromWritten(type: IntegerType, value: WrittenNumber): Encoded {
  const decimal = readExactDecimal(value, integerPhrase(type))
  if ('refusal' in decimal) return decimal
  if (/[1-9]/.test(decimal.fraction)) return refuse('type', integerPhrase(type), 'a fraction')
  return fromText(type, decimalText({ ...decimal, fraction: '' }))
}

function fromText(type: IntegerType, value: string): Encoded {
  const [, sign, digits] = INTEGER_TEXT.exec(value) ?? []
  if (digits === undefined) return refuse('type', integerPhrase(type), 'text that is not an integer')
  if (digits.length > DIGITS_OF_64_BITS) return tooLarge(type)
  const canonical = sign === '-' && digits !== '0' ? '-' + digits : digits
  const integer = digits.length <= EXACT_DIGITS ? Number(canonical) : BigInt(canonical)
  return fits(type, integer) ? { text: canonical } : tooLarge(type)
}

function fits({ bits }: IntegerType, integer: number | bigint): boolean {
  return integer <= LARGEST[bits] && integer >= -LARGEST[bits] - 1n
}

function tooLarge(type: IntegerType): Encoded {
  return refuse('out_of_range', integerPhrase(type), 'an integer of more bits')
}

function integerPhrase({ bits }: IntegerType): string {
  return `an integer of ${bits} bits`
}
