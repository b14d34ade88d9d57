import { fingerprint } from '../record/fingerprint.js'
import type { Reject } from '../record/reject.js'
import { asEncoded } from './as-encoded.js'
import { encodeRecord } from './encode-record.js'
import { inChild } from './map-family.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Ahead, EncodedLegacy, MappedLegacy } from './records.js'

const childless: EncodedLegacy['children'] = []

/** A record and its children as the database will see them, or the first thing it would not take. */
export function encodeFamily(
  prepared: PreparedPipeline,
  record: MappedLegacy,
): { encoded: EncodedLegacy } | { reject: Reject } {
  const own = encodedAhead(prepared, record) ?? encodeRecord(prepared, record.values, record.open)
  if ('reject' in own) return { reject: inChild(record.path, own.reject) }
  if (prepared.children.length === 0) return { encoded: asEncoded(record, own, childless) }
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
  const whole = { texts: own.texts, fingerprint: familyFingerprint(prepared, own.fingerprint, children) }
  return { encoded: asEncoded(record, whole, children) }
}

/** What was encoded before the references were resolved, if they lead where they led then. */
function encodedAhead(
  { parents }: PreparedPipeline,
  { ahead, values, open }: MappedLegacy,
): Ahead | undefined {
  if (ahead === undefined || open !== undefined) return undefined
  if (values === ahead.values) return ahead
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
