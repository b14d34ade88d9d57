import type { FingerprintNote, Remembered, Untouched } from '../untouched.js'
import { fingerprintLength } from '../fingerprint-text.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { isRowOf } from './row-key.js'

const sourceAt = fingerprintLength + 1
const notesAt = sourceAt + fingerprintLength

/** Which records the source has as it had them when they were settled. */
export function untouched(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  asked: readonly Remembered[],
): Untouched {
  const find = connection.reader(
    `select l.fingerprint
       from carryover_records l
      where l.pipeline = ? and l.legacy_key = ? and l.role = 'owner'
        and exists (select 1 from ${table.sql} t where ${isRowOf(table, 't', 'l.row_key')})`,
  )
  const settled = new Set<number>()
  const notes = new Map<string, number>()
  for (const { ordinal, legacyKey, source } of asked) {
    const fingerprint = find([pipeline, legacyKey])?.[0] as string | undefined
    if (fingerprint === undefined || !fingerprint.startsWith(source, sourceAt)) continue
    settled.add(ordinal)
    const id = fingerprint.slice(notesAt)
    if (id !== '') notes.set(id, (notes.get(id) ?? 0) + 1)
  }
  return { settled, notes }
}

/** Gives entries another fingerprint. */
export function noteFingerprints(
  connection: Connection,
  pipeline: string,
  notes: readonly FingerprintNote[],
): void {
  const note = connection.writer(
    'update carryover_records set fingerprint = ? where pipeline = ? and legacy_key = ?',
  )
  for (const { legacyKey, fingerprint } of notes) note([fingerprint, pipeline, legacyKey])
}

/** Legacy keys of the next entries that know what the source had. */
export function sourced(
  connection: Connection,
  pipeline: string,
  { after, limit }: { after: string | null; limit: number },
): string[] {
  const rows = connection.all(
    `select legacy_key from carryover_records
      where pipeline = ? and length(fingerprint) > ${sourceAt} and legacy_key > coalesce(?, '')
      order by legacy_key limit ?`,
    [pipeline, after, limit],
  )
  return rows.map((row) => row[0] as string)
}

/** Makes entries forget what the source had. */
export function forgetSources(connection: Connection, pipeline: string, legacyKeys: readonly string[]): void {
  const forget = connection.writer(
    `update carryover_records set fingerprint = substr(fingerprint, 1, ${fingerprintLength})
      where pipeline = ? and legacy_key = ? and length(fingerprint) > ${fingerprintLength}`,
  )
  for (const legacyKey of legacyKeys) forget([pipeline, legacyKey])
}
