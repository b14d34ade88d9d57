import { canonicalJson } from './canonical-json.js'
import type { ColumnType } from './column-type.js'
import { encodeArray } from './encode-array.js'
import { encodeDate } from './encode-date.js'
import { encodeEnum } from './encode-enum.js'
import { encodeFloat } from './encode-float.js'
import { encodeInteger } from './encode-integer.js'
import { encodeNumeric } from './encode-numeric.js'
import { encodeOther } from './encode-other.js'
import { encodeText } from './encode-text.js'
import { encodeTime } from './encode-time.js'
import { encodeTimestamp } from './encode-timestamp.js'
import { encodeUuid } from './encode-uuid.js'
import { refuseKind, type Encoded } from './encoded.js'

const ABSENT: Encoded = { text: null }

/**
 * The canonical text of a value: what Postgres' input function accepts and SQLite stores, equal for equal values.
 * What a column would round, cut or replace is refused.
 *
 * `undefined`, `null` → `null` · `true` → `'true'` · `7` → `'7'` · a Date → `'2024-05-06T07:08:09.5Z'` ·
 * `{ b: 1, a: 2 }` → `'{"a":2,"b":1}'` · `[1, null]` → `'{1,NULL}'`
 *
 * Encoding the text again gives the same text, except where the column takes objects (JSON, arrays, bytes, booleans).
 */
export function encodeValue(type: ColumnType, value: unknown): Encoded {
  if (value === null || value === undefined) return ABSENT
  switch (type.kind) {
    case 'text':
      return encodeText(type, value)
    case 'integer':
      return encodeInteger(type, value)
    case 'numeric':
      return encodeNumeric(type, value)
    case 'float':
      return encodeFloat(type, value)
    case 'boolean':
      return typeof value === 'boolean' ? { text: String(value) } : refuseKind('true or false', value)
    case 'uuid':
      return encodeUuid(value)
    case 'timestamp':
      return encodeTimestamp(type, value)
    case 'date':
      return encodeDate(value)
    case 'time':
      return encodeTime(type, value)
    case 'json':
      return canonicalJson(value)
    case 'enum':
      return encodeEnum(type, value)
    case 'bytes':
      return value instanceof Uint8Array ? { text: bytesText(value) } : refuseKind('bytes', value)
    case 'array':
      return encodeArray(type, value, (element) => encodeValue(type.element, element))
    case 'other':
      return encodeOther(type, value)
  }
}

/** Postgres' hex format of `bytea`. */
function bytesText(bytes: Uint8Array): string {
  return '\\x' + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
