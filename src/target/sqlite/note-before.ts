import type { Changes, Write } from '../writes.js'
import { changesKey } from '../changes-key.js'
import type { Connection } from './connection.js'
import { journalOf, readBefore, readEntriesOf, readEntry } from './journal.js'

/**
 * Reads what a write is about to write over, the row and what the ledger has; answers how that is noted once the row is
 * written, undefined for what is new. SQLite has no statement that does both.
 */
export function noteBefore(
  connection: Connection,
  changes: Changes,
  step: number,
): (write: Write) => ((rowKey: string) => void) | undefined {
  const { pipeline, table, columns } = changes
  const note = journalOf(connection, changes, table, step)
  const before = readBefore(connection, table)
  const entryOf = readEntry(connection)
  const entriesOf = readEntriesOf(connection)
  const loosens = changesKey(changes)
  return (write) => {
    const { action, legacyKey, known, formerOwner } = write
    if (!known && action !== 'update' && formerOwner === null) return undefined
    const written = columns.filter((column) => write.changed.has(column))
    const row = action === 'update' && write.rowKey !== null ? before(write.rowKey, written) : null
    const entry = known ? entryOf(pipeline, legacyKey) : null
    return (rowKey) => {
      note({ legacyKey, action, rowKey, before: row, entry })
      const others = loosens(write) ? entriesOf(pipeline, rowKey) : []
      for (const [other, itsEntry] of others)
        if (other !== legacyKey && other !== formerOwner && isAlias(itsEntry))
          note({ legacyKey: other, action: 'link', rowKey, before: null, entry: itsEntry })
      const former = formerOwner === null ? null : entryOf(pipeline, formerOwner)
      if (former !== null)
        note({ legacyKey: formerOwner, action: 'link', rowKey, before: null, entry: former })
    }
  }
}

function isAlias(entry: string): boolean {
  return (JSON.parse(entry) as { role: string }).role === 'alias'
}
