import { fingerprint } from '../record/fingerprint.js'
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
  const texts: (string | null)[] = []
  const rejects: Reject[] = []
  prepared.columns.forEach((column, index) => {
    const encoded =
      column.fixed !== undefined
        ? { text: column.fixed }
        : open?.has(index)
          ? { text: null }
          : encodeColumn(column, values[index])
    if ('reject' in encoded) rejects.push(encoded.reject)
    texts.push('text' in encoded ? encoded.text : null)
  })
  if (rejects.length > 0) return { reject: joinRejects(rejects) }
  const names: string[] = []
  const counted: (string | null)[] = []
  prepared.columns.forEach((column, index) => {
    // The key of the row above is not the element's own: what moved with its record has not changed.
    if (column.timing !== 'always' || column.rule.kind === 'parent') return
    names.push(column.name)
    counted.push(texts[index] ?? null)
  })
  return { texts, fingerprint: fingerprint(names, counted) }
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
