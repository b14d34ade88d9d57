import type { ColumnRule } from './column.js'

/** The fields that a column is made from; undefined for a function, which may read any. */
export function ruleFields(rule: ColumnRule): readonly string[] | undefined {
  switch (rule.kind) {
    case 'function':
    case 'on-insert':
    case 'on-change':
      return undefined
    case 'constant':
    case 'parent':
      return []
    default:
      return [rule.field].flat()
  }
}
