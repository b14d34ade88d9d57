import { Malformed } from './wrapper.js'
import { wrappers } from './wrappers.js'

/** Told of every wrapper that holds something else than it should. */
export type ReportMalformed = (path: readonly PropertyKey[], message: string) => void

/**
 * Plain values for the type wrappers of MongoDB Extended JSON, however deep: `{ $oid: '…' }` → the hexadecimal text.
 * A new value; the given one stays as it is. Objects that are no wrapper keep their other keys, `$ref` and `$id` too.
 */
export function fromExtendedJson(
  value: unknown,
  report: ReportMalformed,
  path: readonly PropertyKey[] = [],
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => fromExtendedJson(item, report, [...path, index]) ?? null)
  }
  if (!isPlain(value)) return value
  const keys = Object.keys(value)
  const name = keys.find((key) => wrappers.has(key))
  return name === undefined ? convertEntries(value, report, path) : unwrap(value, keys, name, report, path)
}

function unwrap(
  object: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  name: string,
  report: ReportMalformed,
  path: readonly PropertyKey[],
): unknown {
  const { beside = [], read } = wrappers.get(name)!
  // `$regex` and `$options` among other keys are a query that was stored as a document.
  if (keys.some((key) => key !== name && !beside.includes(key))) {
    if (name === '$regex') return convertEntries(object, report, path)
    report(path, `${name} has keys beside it that do not belong there`)
    return undefined
  }
  const found = read(object[name], object)
  if (found instanceof Malformed) {
    report(path, `expected ${found.expected} in ${name}`)
    return undefined
  }
  // The scope of code is a document of its own; everything else is plain by now.
  return name === '$code' && isPlain(found) ? convertEntries(found, report, path) : found
}

function convertEntries(
  object: Readonly<Record<string, unknown>>,
  report: ReportMalformed,
  path: readonly PropertyKey[],
): Record<string, unknown> {
  const entries = Object.entries(object)
    .map(([key, value]) => [key, fromExtendedJson(value, report, [...path, key])] as const)
    .filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
