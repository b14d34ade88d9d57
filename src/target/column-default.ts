import type { TableColumn } from './table.js'
import { encodeValue } from './value/encode-value.js'

/** `'it''s'`, `'0.10'::numeric`, `-1`, `true`, each perhaps in parentheses, as both catalogues write a constant. */
const CONSTANT = /^\(*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|(true|false))\)*(?:::[\w ."[\](),]+)?\)*$/i

/**
 * What a column holds in a row that is inserted without it: nothing, or its default in canonical text. A default that only
 * the database can compute (`now()`) stands there as its expression, which no value of a record equals.
 */
export function columnDefault({ type, defaultSql }: TableColumn): string | null {
  if (defaultSql === undefined || /^\(*null\b/i.test(defaultSql)) return null
  const [, quoted, digits, truth] = CONSTANT.exec(defaultSql) ?? []
  const text = quoted?.replaceAll("''", "'") ?? digits ?? truth?.toLowerCase()
  if (text === undefined) return defaultSql
  const encoded = encodeValue(type, type.kind === 'boolean' ? text === 'true' || text === '1' : text)
  return 'refusal' in encoded ? defaultSql : encoded.text
}
