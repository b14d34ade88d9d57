import type { OwnedEntry, Role, RowOwner } from '../batch.js'
import type { TargetTable } from '../table.js'
import { isRow } from './row-key.js'
import type { Session, TextRow } from './session.js'
import { textArray } from './text-array.js'

const entry = `l.legacy_key, l.row_key, l.fingerprint, l.role, l.made::text as made, l.applied, l.parent_key`

/** The entries of a child's pipeline that belong to these records. */
export async function offspring(
  session: Session,
  records: string,
  pipeline: string,
  parentKeys: readonly string[],
): Promise<OwnedEntry[]> {
  if (parentKeys.length === 0) return []
  const rows = await session.query(
    `select ${entry}
       from unnest($1::text[]) as q(parent_key)
      -- One look-up a key, whatever the planner knows of the table.
      cross join lateral (select * from ${records} l where l.pipeline = $2 and l.parent_key = q.parent_key offset 0) l
      order by l.legacy_key collate "C"`,
    [textArray(parentKeys), pipeline],
  )
  return rows.map(ownedEntry)
}

/** The next owners of a pipeline whose row exists, in the order of their legacy keys' bytes. */
export async function owners(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  { after, limit }: { after: string | null; limit: number },
): Promise<OwnedEntry[]> {
  const rows = await session.query(
    `select ${entry}
       from ${records} l
       join ${table.sql} t on ${isRow(table, 't', 'l.row_key')}
      where l.pipeline = $1 and l.role = 'owner' and ($2::text is null or l.legacy_key collate "C" > $2::text collate "C")
      order by l.legacy_key collate "C"
      limit $3`,
    [pipeline, after, limit],
  )
  return rows.map(ownedEntry)
}

/** Which of these rows records of another pipeline own too, and those records. */
export async function sharedRows(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<Map<string, RowOwner[]>> {
  const rows = await session.query(
    `select l.row_key, l.pipeline, l.legacy_key
       from ${records} l
      where l.target = $1 and l.pipeline <> $2 and l.role = 'owner' and l.row_key = any ($3::text[])`,
    [table.name, pipeline, textArray(rowKeys)],
  )
  const shared = new Map<string, RowOwner[]>()
  for (const row of rows) {
    const rowKey = row['row_key'] as string
    const owner = { pipeline: row['pipeline'] as string, legacyKey: row['legacy_key'] as string }
    shared.set(rowKey, [...(shared.get(rowKey) ?? []), owner])
  }
  return shared
}

function ownedEntry(row: TextRow): OwnedEntry {
  return {
    legacyKey: row['legacy_key'] as string,
    rowKey: row['row_key'] as string,
    fingerprint: row['fingerprint'] as string,
    role: row['role'] as Role,
    made: row['made'] === 'true',
    applied: row['applied'] ?? null,
    parentKey: row['parent_key'] ?? null,
  }
}
