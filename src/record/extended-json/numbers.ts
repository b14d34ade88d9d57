import { WrittenNumber } from '../../written-number.js'
import { Malformed, textWrapper, type Wrapper } from './wrapper.js'

const INTEGER = /^-?\d{1,19}$/
const DOUBLE = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const DECIMAL = /^[+-]?(?=\.?\d)\d*(?:\.\d*)?(?:[eE][+-]?\d+)?$/
const NO_NUMBER = /^[+-]?Infinity$|^NaN$/

/** `$numberInt`: a number of 32 bits. */
export const numberInt = integerWrapper(32)

/** `$numberLong`: as in plain JSON a number up to 2^53, beyond it a bigint. */
export const numberLong = integerWrapper(64)

/** `$numberDouble`: a number; what is none stays text: `'NaN'`. */
export const numberDouble: Wrapper = {
  read: (content) => {
    if (typeof content !== 'string') return NO_DOUBLE
    if (!DOUBLE.test(content)) return NO_NUMBER.test(content) ? content : NO_DOUBLE
    const number = Number(content)
    // Whoever meets a whole number beyond 2^53 must take it for a rounded one.
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? new WrittenNumber(content) : number
  },
}

const NO_DOUBLE = new Malformed('a number, Infinity, -Infinity or NaN as text')

/** `$numberDecimal`: the text, since its zeros count. */
export const numberDecimal = textWrapper(
  new RegExp(`${DECIMAL.source}|${NO_NUMBER.source}`),
  'a decimal number as text',
  (text) => text,
)

function integerWrapper(bits: 32 | 64): Wrapper {
  const malformed = new Malformed(`the digits of an integer of ${bits} bits`)
  return {
    read: (content) => {
      if (typeof content !== 'string' || !INTEGER.test(content)) return malformed
      const integer = BigInt(content)
      if (BigInt.asIntN(bits, integer) !== integer) return malformed
      return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
    },
  }
}
