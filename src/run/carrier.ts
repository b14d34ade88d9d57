import type { Settled } from './decide-batch.js'
import type { EncodedLegacy } from './records.js'

/** A record, or a child, whose row is written and whose children are next. */
export interface Carrier {
  readonly record: EncodedLegacy
  /** Its row's key, and those of the rows above it. */
  readonly rowKeys: readonly string[]
  /** The legacy key that the row belonged to until now. */
  readonly formerOwner: string | null
  /** Ordinal and legacy key of the record that it is a part of. */
  readonly root: { readonly ordinal: number; readonly legacyKey: string }
  /** Its row is another one than before: the children's rows have to follow. */
  readonly moved: boolean
}

/** A settled record as what its children hang on; nothing for a record whose row is not its own. */
export function carrierOfSettled(
  { record, decision, adopted }: Settled,
  rowKeys: ReadonlyMap<number, string>,
  root: Carrier['root'],
): Carrier | undefined {
  if (decision.kind === 'alias') return undefined
  // A row that is gone has none, and those of a row that is left as it was found are none of ours.
  if (decision.kind === 'leave' && (decision.role === 'deleted' || decision.role === 'alias'))
    return undefined
  if (decision.kind === 'leave' && decision.outcome === 'kept' && adopted) return undefined
  const rowKey = decision.kind === 'insert' ? rowKeys.get(record.ordinal) : decision.rowKey
  if (rowKey === undefined) return undefined
  const formerOwner = decision.kind === 'insert' ? null : decision.formerOwner
  return {
    record,
    rowKeys: [rowKey],
    formerOwner,
    root,
    moved: decision.kind === 'insert' || formerOwner !== null,
  }
}
