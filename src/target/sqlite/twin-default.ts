import { is, SQL } from 'drizzle-orm'
import type { ColumnType } from '../value/column-type.js'
import { encodeValue } from '../value/encode-value.js'
import { portExpression } from './port-expression.js'
import { quoteText } from './quote.js'
import { renderSql } from './render-sql.js'
import { tokensOf } from './tokens.js'

/** Random, version 4. */
const NEW_UUID = `(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))`

/** What Postgres calls the present moment and a new UUID; a zone that is UTC changes nothing, since SQLite knows no other. */
const NOW =
  /^\(*(now\(\)|current_timestamp|localtimestamp|transaction_timestamp\(\)|statement_timestamp\(\)|clock_timestamp\(\)|current_date|timezone\('utc',\s*now\(\)\)|now\(\)\s+at time zone\s+'utc')\)*$/i
const UUID = /^\(*(gen_random_uuid|uuid_generate_v4)\(\)\)*$/i

/**
 * A column's default as SQLite writes it, with parentheses where SQLite wants them; `undefined` for a value that is none of
 * the type.
 *
 * `true` → `1` · `now()` → `(… strftime('%Y-…', 'now') …)` in canonical text · `'{}'::jsonb` → `('{}')`
 */
export function twinDefault(
  type: ColumnType,
  value: unknown,
  types: ReadonlyMap<string, ColumnType>,
): string | undefined {
  if (!is(value, SQL)) return literal(type, value)
  const expression = renderSql(value)
  if (NOW.test(expression)) return present(type)
  if (UUID.test(expression)) return NEW_UUID
  const ported = emptyArray(expression) ?? portExpression(expression, types)
  const [only, ...others] = tokensOf(ported)
  const isLiteral = others.length === 0 && (only?.kind === 'string' || only?.kind === 'number')
  return isLiteral ? ported : `(${ported})`
}

/** `array[]::text[]` → `'{}'`. */
function emptyArray(expression: string): string | undefined {
  return /^array\s*\[\s*\](::.*)?$/i.test(expression) ? `'{}'` : undefined
}

function literal(type: ColumnType, value: unknown): string | undefined {
  const encoded = encodeValue(type, value)
  if ('refusal' in encoded || encoded.text === null) return undefined
  switch (type.kind) {
    case 'integer':
    case 'float':
      return encoded.text
    case 'boolean':
      return encoded.text === 'true' ? '1' : '0'
    case 'bytes':
      return `x'${encoded.text.slice(2)}'`
    default:
      return quoteText(encoded.text)
  }
}

/** The present moment in canonical text: without zeros at the end of the fraction. */
function present(type: ColumnType): string {
  if (type.kind === 'date') return `(date('now'))`
  const format = type.kind === 'time' ? '%H:%M:' : '%Y-%m-%dT%H:%M:'
  const zone = (type.kind === 'timestamp' || type.kind === 'time') && type.zoned ? ` || 'Z'` : ''
  const whole = type.kind === 'timestamp' && type.precision < 3
  const text = whole
    ? `strftime('${format}%S', 'now')`
    : `rtrim(rtrim(strftime('${format}%f', 'now'), '0'), '.')`
  return `(${text}${zone})`
}
