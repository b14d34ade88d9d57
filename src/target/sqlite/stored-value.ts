import type { TableColumn } from '../table.js'
import { canonicalJson } from '../value/canonical-json.js'
import { encodeValue } from '../value/encode-value.js'

/** A value as SQLite takes it, and as it gives it: there an integer is always a bigint. */
export type Stored = string | number | bigint | Buffer | null

/** Up to this many characters a number is exact. */
const EXACT_DIGITS = 15

/**
 * What a column stores for a canonical text: `'true'` → `1`, `'9007199254740993'` → a bigint, `'\x00ff'` → bytes; the text
 * itself for everything that SQLite has no type for (uuid, timestamps, numeric, JSON, arrays). A text that is no such
 * value stays text, so that the database refuses it.
 */
export function storeIn(column: TableColumn): (text: string | null) => Stored {
  const store = storeText(column)
  return (text) => (text === null ? null : store(text))
}

function storeText({ type, cast }: TableColumn): (text: string) => Stored {
  switch (type.kind) {
    case 'integer':
      return storeInteger
    case 'boolean':
      return (text) => (text === 'true' ? 1 : text === 'false' ? 0 : text)
    case 'float':
      return (text) => (Number.isNaN(Number(text)) ? text : Number(text))
    case 'bytes':
      return (text) => (text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : text)
    case 'timestamp':
      if (!isEpoch(cast)) return asItIs
      return (text) => Math.floor(Date.parse(text) / (type.precision === 0 ? 1000 : 1))
    default:
      return asItIs
  }
}

function asItIs(text: string): string {
  return text
}

function storeInteger(text: string): Stored {
  if (!/^-?\d+$/.test(text)) return text
  return text.length <= EXACT_DIGITS ? Number(text) : BigInt(text)
}

/** True for instants that are counted in seconds or milliseconds since 1970, as drizzle's `integer({ mode: 'timestamp' })`. */
function isEpoch(cast: string): boolean {
  return cast.startsWith('integer')
}

/** The canonical text of what a column holds; what has none, since another program wrote it, stays as it is. */
export function readFrom(column: TableColumn): (value: unknown) => string | null {
  const read = readValue(column)
  return (value) => (value === null || value === undefined ? null : read(value as Exclude<Stored, null>))
}

function readValue({ type, cast }: TableColumn): (value: Exclude<Stored, null>) => string {
  switch (type.kind) {
    case 'boolean':
      return (value) => (value === 1n ? 'true' : value === 0n ? 'false' : String(value))
    case 'bytes':
      return (value) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : String(value))
    case 'timestamp':
      if (!isEpoch(cast)) return (value) => canonicalOr(type, value, value)
      return (value) => canonicalOr(type, new Date(Number(value) * (type.precision === 0 ? 1000 : 1)), value)
    case 'json':
      return (value) => canonicalJsonText(String(value))
    case 'uuid':
    case 'numeric':
    case 'date':
    case 'time':
      return (value) => canonicalOr(type, value, value)
    case 'text':
      return type.padded === true ? (value) => String(value).replace(/ +$/, '') : String
    default:
      return String
  }
}

function canonicalOr(type: TableColumn['type'], value: unknown, otherwise: unknown): string {
  const encoded = encodeValue(type, value)
  return 'text' in encoded && encoded.text !== null ? encoded.text : String(otherwise)
}

function canonicalJsonText(text: string): string {
  try {
    const encoded = canonicalJson(JSON.parse(text))
    return 'text' in encoded && encoded.text !== null ? encoded.text : text
  } catch {
    return text
  }
}

/** The same as `storeIn` for an expression of canonical text, for joins of the ledger's row keys with a table. */
export function storeInSql({ type, cast }: TableColumn, text: string): string {
  switch (type.kind) {
    case 'integer':
      return `cast(${text} as integer)`
    case 'boolean':
      return `(${text} = 'true')`
    case 'float':
      return `cast(${text} as real)`
    case 'bytes':
      return `unhex(substr(${text}, 3))`
    case 'timestamp':
      if (!isEpoch(cast)) return text
      return type.precision === 0
        ? `unixepoch(${text})`
        : `cast(round(1000 * unixepoch(${text}, 'subsec')) as integer)`
    default:
      return text
  }
}
