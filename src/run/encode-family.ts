import { fingerprint } from '../record/fingerprint.js'
import type { Reject } from '../record/reject.js'
import { encodeRecord } from './encode-record.js'
import { inChild } from './map-family.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy, MappedLegacy } from './records.js'

const childless: EncodedLegacy['children'] = []

/** A record and its children as the database will see them, or the first thing it would not take. */
export function encodeFamily(
  prepared: PreparedPipeline,
  record: MappedLegacy,
): { encoded: EncodedLegacy } | { reject: Reject } {
  const own = encodedAhead(prepared, record) ?? encodeRecord(prepared, record.values, record.open)
  if ('reject' in own) return { reject: inChild(record.path, own.reject) }
  const { texts } = own
  // One spread alone copies an object fast; this is done for every record.
  if (prepared.children.length === 0)
    return {
      encoded: {
        ...record,
        texts,
        fingerprint: own.fingerprint,
        source: reliedOn(record),
        children: childless,
      },
    }
  const children: EncodedLegacy[][] = []
  for (const [kind, child] of prepared.children.entries()) {
    const encoded: EncodedLegacy[] = []
    for (const element of record.children[kind] ?? []) {
      const result = encodeFamily(child, element)
      if ('reject' in result) return result
      encoded.push(result.encoded)
    }
    children.push(encoded)
  }
  return {
    encoded: {
      ...record,
      texts,
      children,
      source: reliedOn(record),
      fingerprint: familyFingerprint(prepared, own.fingerprint, children),
    },
  }
}

/** What stands for a record, if it tells what becomes of it: not while a reference is missing, which may be found another time. */
function reliedOn(record: MappedLegacy): string | undefined {
  if (record.source === undefined) return undefined
  return isResolved(record) ? record.source : ''
}

function isResolved({ references, values, children, unsure }: MappedLegacy): boolean {
  return (
    unsure !== true &&
    references.every(({ column }) => values[column] !== null) &&
    children.every((elements) => elements.every(isResolved))
  )
}

/** What was encoded before the references were resolved, if they lead where they led then. */
function encodedAhead(
  { parents }: PreparedPipeline,
  { ahead, values, open }: MappedLegacy,
): MappedLegacy['ahead'] {
  if (ahead === undefined || open !== undefined) return undefined
  for (const column of parents.keys()) if (values[column] !== ahead.values[column]) return undefined
  return ahead
}

/** The order of the elements does not count, unless a column is made from it. */
function familyFingerprint(
  prepared: PreparedPipeline,
  own: string,
  children: readonly (readonly EncodedLegacy[])[],
): string {
  const names = ['', ...prepared.children.map((child) => child.pipeline.name)]
  const marks = children.map((elements) =>
    elements
      .map((element) => `${element.legacyKey} ${element.fingerprint}`)
      .toSorted()
      .join('\n'),
  )
  return fingerprint(names, [own, ...marks])
}
