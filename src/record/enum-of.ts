import type { ColumnRule } from './column.js'
import type { EnumDefinition } from './match-enum.js'

/** The enum that makes a column, or each element of its list. */
export function enumOf(rule: ColumnRule): EnumDefinition | undefined {
  return rule.kind === 'enum' || rule.kind === 'enum-list' ? rule.definition : undefined
}
