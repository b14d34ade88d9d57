import type { CompiledChild, CompiledMapping } from '../pipeline/compiled-pipeline.js'
import { layOver, type Surroundings } from '../record/lay-over.js'
import { mapRecord } from '../record/map-record.js'
import { parseRecord, type ParsedRecord } from '../record/parse-record.js'
import { keyOf } from '../record/record-key.js'
import type { Reject } from '../record/reject.js'
import type { MappedLegacy } from './records.js'

/** What is known of a record, or of a child, before its columns are made. */
type Unmapped = Pick<MappedLegacy, 'ordinal' | 'location' | 'raw' | 'legacyKey' | 'path' | 'parentKey'>

/** What a schema made of an object. */
type Parsed = Exclude<ParsedRecord, { reject: unknown }>

const childless: MappedLegacy['children'] = []

/** Makes every column of a record and of all its children, or tells everything that is wrong with them. */
export function mapFamily(
  mapping: CompiledMapping,
  parsed: Parsed,
  about: Unmapped,
): { mapped: MappedLegacy } | { rejects: Reject[] } {
  const made = mapRecord(mapping.columns, parsed.record, parsed.offers)
  const own =
    'rejects' in made ? { rejects: made.rejects.map((reject) => inChild(about.path, reject)) } : made
  if (mapping.children.length === 0) {
    return 'rejects' in own ? own : { mapped: { ...about, ...own.mapped, children: childless } }
  }
  const rejects = 'rejects' in own ? [...own.rejects] : []
  const children = mapping.children.map((child) => {
    const found = mapChildren(child, parsed.record, about)
    rejects.push(...found.rejects)
    return found.mapped
  })
  if ('rejects' in own || rejects.length > 0) return { rejects }
  return { mapped: { ...about, ...own.mapped, children } }
}

/** One element of a record, with what it can see. */
interface Element {
  readonly value: unknown
  readonly path: string
  readonly surroundings: Surroundings
}

function mapChildren(
  child: CompiledChild,
  record: Parsed['record'],
  above: Unmapped,
): { mapped: MappedLegacy[]; rejects: Reject[] } {
  const elements = elementsOf(child, record, above.path)
  if (!Array.isArray(elements)) return { mapped: [], rejects: [elements] }
  const mapped: MappedLegacy[] = []
  const rejects: Reject[] = []
  const keys = new Map<string, string>()
  for (const { value, path, surroundings } of elements) {
    const found = mapElement(child, layOver(child.schema, value, surroundings), { ...above, path })
    if ('rejects' in found) rejects.push(...found.rejects)
    else {
      const first = keys.get(found.mapped.legacyKey)
      keys.set(found.mapped.legacyKey, first ?? path)
      if (first === undefined) mapped.push(found.mapped)
      else rejects.push(inChild(path, { code: 'duplicate_key', message: `${first} has the same key` }))
    }
  }
  return { mapped, rejects }
}

function mapElement(
  child: CompiledChild,
  value: unknown,
  above: Unmapped,
): { mapped: MappedLegacy } | { rejects: Reject[] } {
  const parsed = parseRecord(child.schema, value)
  if ('reject' in parsed) return { rejects: [inChild(above.path, parsed.reject)] }
  const key = isItself(child) ? undefined : keyOf(child.key, parsed.record)
  if (typeof key === 'object') return { rejects: [inChild(above.path, key)] }
  return mapFamily(child, parsed, {
    ...above,
    legacyKey: JSON.stringify(key === undefined ? [above.legacyKey] : [above.legacyKey, key]),
    parentKey: above.legacyKey,
  })
}

/** A second row of the record above has no key of its own. */
function isItself(child: CompiledChild): boolean {
  return child.each === undefined && typeof child.key !== 'function' && child.key.length === 0
}

function elementsOf(child: CompiledChild, record: Parsed['record'], above: string): Element[] | Reject {
  const path = above === '' ? child.label : `${above}.${child.label}`
  if (child.each === undefined) return [{ value: record, path, surroundings: { $parent: record } }]
  const held = record[child.each]
  if (held === null || held === undefined) return []
  if (Array.isArray(held)) {
    return held.map((value: unknown, $index) => ({
      value,
      path: `${path}[${$index}]`,
      surroundings: { $index, $parent: record },
    }))
  }
  if (typeof held === 'object') {
    return Object.entries(held).map(([$key, value]: [string, unknown], $index) => ({
      value,
      path: `${path}[${$index}]`,
      surroundings: { $key, $index, $parent: record },
    }))
  }
  return inChild(path, { code: 'invalid_record', message: `expected a list, found ${typeof held}` })
}

/**
 * The reject of a child as one of its record: `sku` of `lines[2]` → the column `lines.sku`, the position in the message, so that
 * reports count all lines together.
 */
export function inChild(path: string, reject: Reject): Reject {
  if (path === '') return reject
  const label = path.replaceAll(/\[\d+\]/g, '')
  return {
    ...reject,
    column: reject.column === undefined ? label : `${label}.${reject.column}`,
    message: `${path}: ${reject.message}`,
  }
}
