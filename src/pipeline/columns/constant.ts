import type { ConstantRule } from '../../record/column.js'

/** The same value for every record. */
export function constant<const Value>(value: Value): ConstantRule<Value> {
  return { kind: 'constant', value }
}
