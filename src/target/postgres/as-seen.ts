import type { Write } from '../writes.js'
import { quoteName, quoteText } from './quote.js'

/** Every column that a batch of writes has looked at. */
export function seenColumns(writes: readonly Write[]): string[] {
  return [...new Set(writes.flatMap((write) => [...write.seen.keys()]))]
}

/** What a write has seen of its row, as JSON of text. */
export function seenJson({ seen }: Write): string {
  return seen.size === 0 ? '{}' : JSON.stringify(Object.fromEntries(seen))
}

/** The condition that row `t` still holds what was seen; `seen` is an expression of jsonb. */
export function isAsSeen(columns: readonly string[], seen: string): string {
  const same = columns.map(
    (column) =>
      `(not ${seen} ? ${quoteText(column)} or t.${quoteName(column)}::text collate "C" is not distinct from ${seen} ->> ${quoteText(column)})`,
  )
  return same.length === 0 ? 'true' : same.join(' and ')
}
