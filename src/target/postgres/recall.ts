import type { Recall, RecallEntry, Recalled, Role } from '../batch.js'
import { fingerprintLength, joinFingerprint } from '../fingerprint-text.js'
import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArrayOf } from './text-array.js'

/** What the ledger knows of these records. Only those that are not settled travel back. */
export async function recall(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  entries: readonly RecallEntry[],
  renews = false,
): Promise<Recall> {
  const first = quoteName(table.rowKey[0] as string)
  const rows = await session.query(
    `select q.ordinal::text,
            l.row_key,
            l.role,
            l.applied,
            (left(l.fingerprint, ${fingerprintLength}) = left(q.fingerprint, ${fingerprintLength}))::text as same_fingerprint,
            (t.${first} is not null)::text         as row_exists,
            o.legacy_key                           as owner
       from unnest($1::int[], $2::text[], $3::text[]) as q(ordinal, legacy_key, fingerprint)
       left join ${records} l on l.pipeline = $4 and l.legacy_key = q.legacy_key
       left join ${table.sql} t on ${isRow(table, 't', 'l.row_key')}
       left join ${records} o on l.role = 'alias' and o.role in ('owner', 'stub', 'removed') and o.pipeline = l.pipeline and o.row_key = l.row_key
      where (l.role = 'owner' and t.${first} is not null
             and case when length(q.fingerprint) > ${fingerprintLength} then l.fingerprint = q.fingerprint
                      else left(l.fingerprint, ${fingerprintLength}) = q.fingerprint end) is not true`,
    [
      `{${entries.map((entry) => entry.ordinal).join(',')}}`,
      textArrayOf(entries, (entry) => entry.legacyKey),
      textArrayOf(entries, (entry) => joinFingerprint(entry.fingerprint, renews ? entry.source : undefined)),
      pipeline,
    ],
  )
  const settled = new Set(entries.map((entry) => entry.ordinal))
  const renewed = new Set<number>()
  const known = new Map<number, Recalled>()
  for (const row of rows) {
    const ordinal = Number(row['ordinal'])
    const isSettled =
      row['role'] === 'owner' && row['same_fingerprint'] === 'true' && row['row_exists'] === 'true'
    if (isSettled) {
      renewed.add(ordinal)
      continue
    }
    settled.delete(ordinal)
    if (row['row_key'] === null || row['row_key'] === undefined) continue
    known.set(ordinal, {
      ordinal,
      rowKey: row['row_key'],
      role: row['role'] as Role,
      sameFingerprint: row['same_fingerprint'] === 'true',
      rowExists: row['row_exists'] === 'true',
      owner: row['owner'] ?? null,
      applied: row['applied'] ?? null,
    })
  }
  return { settled, renewed, known }
}
