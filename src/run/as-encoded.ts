import type { Ahead, EncodedLegacy, MappedLegacy } from './records.js'

/** A record with what the database will see of it. Field by field: see `MappedLegacy`. */
export function asEncoded(
  record: MappedLegacy,
  { texts, fingerprint }: Omit<Ahead, 'values'>,
  children: EncodedLegacy['children'],
): EncodedLegacy {
  return {
    ordinal: record.ordinal,
    location: record.location,
    raw: record.raw,
    surroundings: record.surroundings,
    legacyKey: record.legacyKey,
    path: record.path,
    parentKey: record.parentKey,
    values: record.values,
    references: record.references,
    circle: record.circle,
    completing: record.completing,
    open: record.open,
    ahead: record.ahead,
    unsure: record.unsure,
    source: reliedOn(record),
    texts,
    merged: undefined,
    fingerprint,
    children,
  }
}

/** What stands for a record, if it tells what becomes of it: not while a reference is missing, which may be found another time. */
function reliedOn(record: MappedLegacy): string | undefined {
  if (record.source === undefined) return undefined
  return isResolved(record) ? record.source : ''
}

function isResolved({ references, values, children, unsure }: MappedLegacy): boolean {
  return (
    !unsure &&
    references.every(({ column }) => values[column] !== null) &&
    children.every((elements) => elements.every(isResolved))
  )
}
