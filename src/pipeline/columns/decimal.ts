import type { DecimalRule } from '../../record/column.js'
import type { Rounding } from '../../record/round-decimal.js'
import type { Separators } from '../../record/separated-decimal.js'

/** How decimals are read. */
export type DecimalOptions = {
  /** The separators of text such as `1.234,56`; without them such text rejects the record. */
  separators?: Separators
  /** Texts that mean that there is no value, such as `'N/A'`; empty text does anyway. */
  nulls?: readonly string[]
} & (
  | { scale?: never; round?: never }
  /** Gives up digits: `scale` are kept after the point, `round` says how. */
  | { scale: number; round: Rounding }
)

/** A decimal number with every digit it has in the source, unless `scale` and `round` say which to give up. */
export function decimal<const Field extends string>(
  field: Field,
  options: DecimalOptions = {},
): DecimalRule<Field> {
  return { kind: 'decimal', field, ...options }
}
