import { printMarks } from '../record/applied-marks.js'
import type { Recall } from '../target/batch.js'
import type { Write } from '../target/writes.js'
import { joinFingerprint } from '../target/fingerprint-text.js'
import { withHeld } from './column-states.js'
import type { Settled } from './decide-batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import type { HeldStamp } from './read-stamps.js'

const nothing: ReadonlySet<string> = new Set()
const unseen: Write['seen'] = new Map()
const nothingFilledIn: ReadonlyMap<string, string | null> = new Map()

/**
 * What is to be done for one record, as the target takes it; nothing for a record that the ledger knows as it is.
 * @param stamps what the row holds in the columns that are written with every change
 */
export function writeOf(
  prepared: PreparedPipeline,
  item: Settled,
  recall: Recall,
  stamps: ReadonlyMap<string, HeldStamp> | undefined,
): Write[] {
  const { record, decision, marks } = item
  const merged = decision.kind === 'update' ? (record.merged ?? record.texts) : record.texts
  const values = stamps === undefined ? merged : nextValues(prepared, merged, stamps)
  const { ordinal, legacyKey, parentKey } = record
  // Whoever owns no row is looked at each time.
  const owns = decision.kind === 'update' || (decision.kind === 'leave' && decision.role === 'owner')
  const fingerprint = joinFingerprint(record.fingerprint, owns ? record.source : undefined)
  const known = recall.known.has(ordinal)
  if (decision.kind === 'insert') return [insertOf(prepared, record, values, decision.role, known)]
  const applied =
    marks === null ? null : printMarks(withHeld(prepared, marks, filledIn(prepared, item, values)))
  const base = { ordinal, legacyKey, fingerprint, known, values, seen: unseen, parentKey, applied }
  switch (decision.kind) {
    case 'update': {
      const { rowKey, formerOwner } = decision
      const changed = new Set([...decision.columns, ...prepared.stamps])
      const seen = seenOf(item, changed, stamps)
      return [{ ...base, action: 'update', role: 'owner', rowKey, changed, seen, formerOwner }]
    }
    case 'leave':
    case 'alias': {
      if (!decision.remember) return []
      const link = { ...base, action: 'link', rowKey: decision.rowKey, changed: nothing } as const
      return decision.kind === 'alias'
        ? [{ ...link, role: 'alias', formerOwner: null }]
        : [{ ...link, role: decision.role, formerOwner: decision.formerOwner }]
    }
  }
}

/** The insert of a row of its own. @param known the ledger has an entry for the legacy key */
export function insertOf(
  prepared: PreparedPipeline,
  record: EncodedLegacy,
  values: readonly (string | null)[],
  role: Write['role'] = 'owner',
  known = false,
): Write {
  return {
    ordinal: record.ordinal,
    action: 'insert',
    legacyKey: record.legacyKey,
    fingerprint: joinFingerprint(record.fingerprint, record.source),
    role,
    known,
    rowKey: null,
    values,
    changed: nothing,
    seen: unseen,
    formerOwner: null,
    parentKey: record.parentKey,
    applied: prepared.insertedMarks(values, record.open),
  }
}

/** What is written into columns for changed rows alone, or for those that were given with a new row. */
function filledIn(
  { columns }: PreparedPipeline,
  { decision }: Settled,
  values: readonly (string | null)[],
): ReadonlyMap<string, string | null> {
  if (decision.kind !== 'update') return nothingFilledIn
  return new Map(
    columns.flatMap(({ name, timing }, index) => {
      const isWritten = timing !== 'always' && (timing === 'change' || decision.columns.includes(name))
      return isWritten ? [[name, values[index] ?? null] as const] : []
    }),
  )
}

/** The texts of a record whose row changes: its version is the next one. */
function nextValues(
  { columns, pipeline }: PreparedPipeline,
  texts: readonly (string | null)[],
  stamps: ReadonlyMap<string, HeldStamp>,
): readonly (string | null)[] {
  const at = columns.findIndex(
    ({ name, fixed }) => fixed !== undefined && name === pipeline.bookkeeping.version,
  )
  if (at < 0) return texts
  const version = stamps.get(columns[at]?.name ?? '')?.current ?? null
  return texts.with(at, String(BigInt(version ?? 0) + 1n))
}

/** What the row held of the columns that change; what it let go of for the moment is nobody else's to change. */
function seenOf(
  { differences, parked }: Settled,
  changed: ReadonlySet<string>,
  stamps: ReadonlyMap<string, HeldStamp> = new Map(),
): Write['seen'] {
  const compared = differences.filter(({ column }) => changed.has(column) && parked?.has(column) !== true)
  return new Map([
    ...compared.map(({ column, seen }) => [column, seen] as const),
    ...[...stamps].map(([column, { seen }]) => [column, seen] as const),
  ])
}
