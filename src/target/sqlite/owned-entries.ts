import type { OwnedEntry, Role, RowOwner } from '../batch.js'
import type { TargetTable } from '../table.js'
import type { Connection, Row } from './connection.js'
import { recordsByParent, recordsByRow } from './record-indexes.js'
import { isRowOf } from './row-key.js'

const entry = 'l.legacy_key, l.row_key, l.fingerprint, l.role, l.made, l.applied, l.parent_key'

/** The entries of a child's pipeline that belong to these records. */
export function offspring(
  connection: Connection,
  pipeline: string,
  parentKeys: readonly string[],
): OwnedEntry[] {
  const sql = `select ${entry} from ${recordsByParent} where l.pipeline = ? and l.parent_key = ? order by l.legacy_key`
  return parentKeys.flatMap((parentKey) => connection.all(sql, [pipeline, parentKey]).map(ownedEntry))
}

/** The next owners of a pipeline whose row exists, in the order of their legacy keys' bytes. */
export function owners(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  { after, limit }: { after: string | null; limit: number },
): OwnedEntry[] {
  const rows = connection.all(
    `select ${entry}
       from carryover_records l
       join ${table.sql} t on ${isRowOf(table, 't', 'l.row_key')}
      where l.pipeline = ? and l.role = 'owner' and l.legacy_key > ?
      order by l.legacy_key
      limit ?`,
    [pipeline, after ?? '', limit],
  )
  return rows.map(ownedEntry)
}

/** Which of these rows records of another pipeline own too, and those records. */
export function sharedRows(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  rowKeys: readonly string[],
): Map<string, RowOwner[]> {
  const others = connection
    .all(`select distinct pipeline from carryover_records where pipeline <> ? and target = ?`, [
      pipeline,
      table.name,
    ])
    .map((row) => row[0] as string)
  const find = connection.reader(
    `select legacy_key from ${recordsByRow} where pipeline = ? and row_key = ? and role = 'owner' and target = ?`,
  )
  const shared = new Map<string, RowOwner[]>()
  for (const rowKey of rowKeys) {
    const own = others.flatMap((other): RowOwner[] => {
      const found = find([other, rowKey, table.name])
      return found === undefined ? [] : [{ pipeline: other, legacyKey: found[0] as string }]
    })
    if (own.length > 0) shared.set(rowKey, own)
  }
  return shared
}

function ownedEntry(row: Row): OwnedEntry {
  return {
    legacyKey: row[0] as string,
    rowKey: row[1] as string,
    fingerprint: row[2] as string,
    role: row[3] as Role,
    made: row[4] === 1n,
    applied: row[5] as string | null,
    parentKey: row[6] as string | null,
  }
}
