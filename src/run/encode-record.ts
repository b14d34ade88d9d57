import { joinRejects } from '../record/map-record.js'
import type { Reject } from '../record/reject.js'
import { encodeValue } from '../target/value/encode-value.js'
import type { PreparedColumn, PreparedPipeline } from './prepared-pipeline.js'

/**
 * Canonical text for every column and the fingerprint of those that count, or what the catalogue will refuse.
 * @param open columns that have no value yet
 */
export function encodeRecord(
  prepared: PreparedPipeline,
  values: readonly unknown[],
  open?: ReadonlySet<number>,
): { texts: (string | null)[]; fingerprint: string } | { reject: Reject } {
  const { columns, counted } = prepared
  let rejects: Reject[] | undefined
  const texts = columns.map((column, index) => {
    if (column.fixed !== undefined) return column.fixed
    if (open?.has(index) === true) return null
    const encoded = encodeColumn(column, values[index])
    if ('text' in encoded) return encoded.text
    rejects = [...(rejects ?? []), encoded.reject]
    return null
  })
  if (rejects !== undefined) return { reject: joinRejects(rejects) }
  const isWhole = counted.positions.length === texts.length
  const given = isWhole ? texts : counted.positions.map((index) => texts[index] ?? null)
  return { texts, fingerprint: counted.fingerprintOf(given) }
}

/** Canonical text of one value, or what the catalogue will refuse. */
export function encodeColumn(
  column: PreparedColumn,
  value: unknown,
): { text: string | null } | { reject: Reject } {
  const given =
    column.toDriver === undefined || value === null || value === undefined ? value : column.toDriver(value)
  const encoded = encodeValue(column.live.type, given)
  if ('refusal' in encoded) {
    const { code, expected, found } = encoded.refusal
    return { reject: { code, column: column.name, message: `expected ${expected}, found ${found}` } }
  }
  if (encoded.text === null && !column.live.nullable && column.rule.kind !== 'parent') {
    return {
      reject: {
        code: 'not_null',
        column: column.name,
        message: 'the column must not be null, and the record has no value for it',
      },
    }
  }
  return encoded
}
