import type { ColumnType } from '../value/column-type.js'
import { encodeValue } from '../value/encode-value.js'

/**
 * What `to_jsonb(column) #>> '{}'` prints, in carryover's one form for both engines:
 * `2021-03-04T05:06:07+00:00` → `2021-03-04T05:06:07Z`. What has no such form stays as it is (`infinity`).
 */
export function canonicalText(type: ColumnType, text: string | null): string | null {
  if (text === null) return null
  const value = type.kind === 'array' || type.kind === 'json' ? parsed(text) : valueOf(type, text)
  const encoded = encodeValue(type, value)
  return 'text' in encoded ? encoded.text : text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // a jsonb string prints without its quotes
  }
}

function valueOf(type: ColumnType, text: string): unknown {
  if (type.kind === 'boolean') return text === 'true'
  if (type.kind === 'bytes') return Buffer.from(text.slice(2), 'hex')
  return text
}
