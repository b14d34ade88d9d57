import type { ColumnType } from '../value/column-type.js'
import { readDecimalText, sameDecimal } from '../value/exact-decimal.js'

/** True for canonical texts of one value: the texts are equal, or numbers differ in the zeros they end in alone. */
export function sameValue(type: ColumnType, one: string | null, other: string | null): boolean {
  if (one === other) return true
  if (one === null || other === null || type.kind !== 'numeric') return false
  const [left, right] = [readDecimalText(one, ''), readDecimalText(other, '')]
  return !('refusal' in left) && !('refusal' in right) && sameDecimal(left, right)
}
