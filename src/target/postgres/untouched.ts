import type { FingerprintNote, Remembered, Untouched } from '../untouched.js'
import { fingerprintLength } from '../fingerprint-text.js'
import type { TargetTable } from '../table.js'
import { entryPlace } from './entry-place.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray, textArrayOf } from './text-array.js'

const sourceAt = fingerprintLength + 2
const notesAt = sourceAt + fingerprintLength

/** Which records the source has as it had them when they were settled. Only those that are not travel back. */
export async function untouched(
  session: Session,
  pipeline: string,
  table: TargetTable,
  asked: readonly Remembered[],
): Promise<Untouched> {
  const rows = await session.query(
    `with q as materialized (
       select q.ordinal, substr(l.fingerprint, ${notesAt}) as notes,
              l.role = 'owner' and substr(l.fingerprint, ${sourceAt}, ${fingerprintLength}) = q.source
                and t.${quoteName(table.rowKey[0] as string)} is not null as settled
         from unnest($1::int[], $2::text[], $3::text[]) as q(ordinal, legacy_key, source)
         left join carryover.records l on l.pipeline = $4 and l.legacy_key = q.legacy_key
         left join ${table.sql} t on ${isRow(table, 't', 'l.row_key')})
     select ordinal::text, null as notes, null as count from q where settled is not true
     union all
     select null, notes, count(*)::text from q where settled and notes <> '' group by notes`,
    [
      `{${asked.map(({ ordinal }) => ordinal).join(',')}}`,
      textArrayOf(asked, ({ legacyKey }) => legacyKey),
      textArrayOf(asked, ({ source }) => source),
      pipeline,
    ],
  )
  const settled = new Set(asked.map(({ ordinal }) => ordinal))
  const notes = new Map<string, number>()
  for (const { ordinal = null, notes: id = null, count } of rows) {
    if (ordinal !== null) settled.delete(Number(ordinal))
    else if (id !== null) notes.set(id, Number(count))
  }
  return { settled, notes }
}

/** Gives entries another fingerprint. */
export async function noteFingerprints(
  session: Session,
  pipeline: string,
  notes: readonly FingerprintNote[],
): Promise<void> {
  if (notes.length === 0) return
  await session.query(
    `update carryover.records r set fingerprint = q.fingerprint
       from unnest($2::text[], $3::text[]) as q(legacy_key, fingerprint) ${entryPlace('$1', 'q.legacy_key')}
      where r.ctid = place`,
    [
      pipeline,
      textArrayOf(notes, ({ legacyKey }) => legacyKey),
      textArrayOf(notes, ({ fingerprint }) => fingerprint),
    ],
  )
}

/** Legacy keys of the next entries that know what the source had. */
export async function sourced(
  session: Session,
  pipeline: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await session.query(
    `select legacy_key from carryover.records
      where pipeline = $1 and length(fingerprint) > ${fingerprintLength + 1} and ($2::text is null or legacy_key collate "C" > $2)
      order by legacy_key collate "C" limit $3`,
    [pipeline, after, limit],
  )
  return rows.map((row) => row['legacy_key'] as string)
}

/** Makes entries forget what the source had. */
export async function forgetSources(
  session: Session,
  pipeline: string,
  legacyKeys: readonly string[],
): Promise<void> {
  if (legacyKeys.length === 0) return
  await session.query(
    `update carryover.records r set fingerprint = left(fingerprint, ${fingerprintLength})
       from unnest($2::text[]) as q(legacy_key) ${entryPlace('$1', 'q.legacy_key')}
      where r.ctid = place and length(fingerprint) > ${fingerprintLength}`,
    [pipeline, textArray(legacyKeys)],
  )
}
