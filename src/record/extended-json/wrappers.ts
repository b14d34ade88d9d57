import { binary } from './binary.js'
import { date } from './dates.js'
import { numberDecimal, numberDouble, numberInt, numberLong } from './numbers.js'
import { hasExactly, Malformed, textWrapper, type Wrapper } from './wrapper.js'

const anyText = (expected: string) => textWrapper(/^/, expected, (text) => text)

/** `{ pattern, options }`, as MongoDB holds them. */
const regularExpression: Wrapper = {
  read: (content) =>
    hasExactly(content, ['pattern', 'options']) &&
    Object.values(content).every((part) => typeof part === 'string')
      ? { ...content }
      : new Malformed('pattern and options as text'),
}

/** The form of version 1. Without options as text it is an operator of a query, which is left as it is. */
const regex: Wrapper = {
  beside: ['$options'],
  read: (content, object) => {
    const options = object['$options']
    const isOld = typeof content === 'string' && typeof options === 'string'
    return isOld ? { pattern: content, options } : object
  },
}

/** `{ t, i }`: seconds and a number within the second. Not a date: MongoDB uses it inside. */
const timestamp: Wrapper = {
  read: (content) =>
    hasExactly(content, ['t', 'i']) && Object.values(content).every(isUnsigned32)
      ? { ...content }
      : new Malformed('t and i, two integers of 32 bits'),
}

function isUnsigned32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32
}

/** Without a counterpart anywhere: the object stays as it is written. */
const key: Wrapper = {
  read: (content, object) => (content === 1 ? object : new Malformed('1')),
}

/**
 * The type wrappers of MongoDB Extended JSON, version 2 canonical and relaxed, and version 1
 * (mongodb/specifications, source/extended-json).
 */
export const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['$oid', textWrapper(/^[0-9a-f]{24}$/i, '24 hexadecimal digits', (text) => text.toLowerCase())],
  ['$date', date],
  ['$numberInt', numberInt],
  ['$numberLong', numberLong],
  ['$numberDouble', numberDouble],
  ['$numberDecimal', numberDecimal],
  ['$binary', binary],
  [
    '$uuid',
    textWrapper(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID', (text) => text.toLowerCase()),
  ],
  ['$symbol', anyText('text')],
  [
    '$code',
    {
      beside: ['$scope'],
      read: (content, object) => {
        if (typeof content !== 'string') return new Malformed('text')
        return '$scope' in object ? { code: content, scope: object['$scope'] } : content
      },
    },
  ],
  ['$regularExpression', regularExpression],
  ['$regex', regex],
  ['$timestamp', timestamp],
  ['$undefined', { read: (content) => (content === true ? undefined : new Malformed('true')) }],
  ['$minKey', key],
  ['$maxKey', key],
])
