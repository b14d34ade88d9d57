import type { Referrer } from '../table.js'
import { quoteName } from './quote.js'
import { rowKeyText } from './row-key.js'

/** The conditions that a row `c` of a referrer points at the row `t`. */
export function pointsAt({ columns, referred }: Referrer): string[] {
  return columns.map((column, at) => `c.${quoteName(column)} = t.${quoteName(referred[at] as string)}`)
}

/** The key of a row `c` of a referrer as text; empty where it has no primary key. */
export function referrerKey(referrer: Referrer): string {
  return referrer.rowKey.length === 0 ? `''::text` : rowKeyText(referrer, 'c')
}
