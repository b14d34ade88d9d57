import type { ParentRule } from '../../record/column.js'

/**
 * The key of the row that the record above became: for the columns of a child.
 *
 * @param levels how far up: 1 (default) is the record that holds the child, 2 the one that holds that
 */
export function parent(levels = 1): ParentRule {
  return { kind: 'parent', levels }
}
