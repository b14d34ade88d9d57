const WRAPPERS = new Set([
  '$oid',
  '$date',
  '$numberLong',
  '$numberInt',
  '$numberDouble',
  '$numberDecimal',
  '$uuid',
  '$symbol',
])

/** A value of MongoDB Extended JSON: which kind, and what is inside. */
export interface ExtendedValue {
  kind: string
  inner: unknown
}

/** `{ $oid: '…' }` → `{ kind: '$oid', inner: '…' }`, `{ $date: { $numberLong: '5' } }` → 5 as text; undefined for others. */
export function extendedValue(object: object): ExtendedValue | undefined {
  const [kind, ...more] = Object.keys(object)
  if (kind === undefined || more.length > 0 || !WRAPPERS.has(kind)) return undefined
  const inner = (object as Record<string, unknown>)[kind]
  if (typeof inner !== 'object' || inner === null) return { kind, inner }
  const deeper = extendedValue(inner)
  return deeper === undefined ? undefined : { kind, inner: deeper.inner }
}
