import type { DecimalRule } from '../../record/column.js'

/** A decimal number with every digit it has in the source. */
export function decimal<const Field extends string>(field: Field): DecimalRule<Field> {
  return { kind: 'decimal', field }
}
