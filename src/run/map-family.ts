import type { CompiledChild, CompiledMapping } from '../pipeline/compiled-pipeline.js'
import { mapRecord, type EnumNote, type MappedRecord } from '../record/map-record.js'
import { parseRecord, type ParsedRecord } from '../record/parse-record.js'
import { keyOf } from '../record/record-key.js'
import type { Reject } from '../record/reject.js'
import { surround } from '../record/surround.js'
import type { MappedLegacy } from './records.js'

/** What is known of a record, or of a child, before its columns are made. */
type Unmapped = Pick<
  MappedLegacy,
  'ordinal' | 'location' | 'raw' | 'surroundings' | 'legacyKey' | 'path' | 'parentKey'
>

/** What a schema made of an object. */
type Parsed = Exclude<ParsedRecord, { reject: unknown }>

const childless: MappedLegacy['children'] = []

/** What stands for a record as the source has it, when it is known where its enum values led. */
type SourceOf = (notes: readonly EnumNote[]) => MappedLegacy['source']

const nothingKept: SourceOf = () => undefined

/** A record, or everything that is wrong with it; and where its enum values led, whatever became of it. */
type Mapped = ({ mapped: MappedLegacy } | { rejects: Reject[] }) & { notes: readonly EnumNote[] }

/** Makes every column of a record and of all its children. */
export function mapFamily(
  mapping: CompiledMapping,
  parsed: Parsed,
  about: Unmapped,
  sourceOf: SourceOf = nothingKept,
): Mapped {
  const own = mapRecord(mapping.columns, parsed.record, parsed.offers)
  const isWhole = about.path === '' && mapping.children.length === 0
  if (isWhole && 'mapped' in own)
    return {
      mapped: withColumns(about, own.mapped, childless, sourceOf(own.notes)),
      notes: own.notes,
    }
  const notes = own.notes.map((note) => ({ ...note, column: nameInRecord(about, note.column) }))
  const rejects = 'rejects' in own ? own.rejects.map((reject) => inChild(about.path, reject)) : []
  const children = mapping.children.map((child) => {
    const found = mapChildren(child, parsed.record, about)
    rejects.push(...found.rejects)
    notes.push(...found.notes)
    return found.mapped
  })
  if (!('mapped' in own) || rejects.length > 0) return { rejects, notes }
  return { mapped: withColumns(about, own.mapped, children, sourceOf(notes)), notes }
}

/** Field by field: see `MappedLegacy`. */
function withColumns(
  about: Unmapped,
  { values, references }: MappedRecord,
  children: MappedLegacy['children'],
  source: MappedLegacy['source'],
): MappedLegacy {
  return {
    ordinal: about.ordinal,
    location: about.location,
    raw: about.raw,
    surroundings: about.surroundings,
    legacyKey: about.legacyKey,
    path: about.path,
    parentKey: about.parentKey,
    values,
    references,
    circle: undefined,
    completing: undefined,
    open: undefined,
    ahead: undefined,
    unsure: false,
    source,
    children,
  }
}

/** One element of a record, with what it can see. */
interface Element {
  readonly value: unknown
  readonly path: string
  readonly surroundings: { readonly $parent: unknown; readonly $index?: number; readonly $key?: string }
}

function mapChildren(
  child: CompiledChild,
  record: Parsed['record'],
  above: Unmapped,
): { mapped: MappedLegacy[]; rejects: Reject[]; notes: EnumNote[] } {
  const elements = elementsOf(child, record, above.path)
  if (!Array.isArray(elements)) return { mapped: [], rejects: [elements], notes: [] }
  const notes: EnumNote[] = []
  const mapped: MappedLegacy[] = []
  const rejects: Reject[] = []
  const keys = new Map<string, string>()
  for (const { value, path, surroundings } of elements) {
    const found = mapElement(child, surround(child.schema, value, surroundings), { ...above, path })
    notes.push(...found.notes)
    if ('rejects' in found) rejects.push(...found.rejects)
    else {
      const first = keys.get(found.mapped.legacyKey)
      keys.set(found.mapped.legacyKey, first ?? path)
      if (first === undefined) mapped.push(found.mapped)
      else rejects.push(inChild(path, { code: 'duplicate_key', message: `${first} has the same key` }))
    }
  }
  return { mapped, rejects, notes }
}

function mapElement(child: CompiledChild, value: unknown, above: Unmapped): Mapped {
  const parsed = parseRecord(child.schema, value)
  if ('reject' in parsed) return { rejects: [inChild(above.path, parsed.reject)], notes: [] }
  const key = isItself(child) ? undefined : keyOf(child.key, parsed.record)
  if (typeof key === 'object') return { rejects: [inChild(above.path, key)], notes: [] }
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
  const label = labelOf(path)
  return {
    ...reject,
    column: reject.column === undefined ? label : `${label}.${reject.column}`,
    message: `${path}: ${reject.message}`,
  }
}

/** A column of a child as its record's reports name it: `sku` of `lines[2]` → `lines.sku`. */
export function nameInRecord({ path }: Pick<MappedLegacy, 'path'>, column: string): string {
  return path === '' ? column : `${labelOf(path)}.${column}`
}

/** `lines[2].taxes[0]` → `lines.taxes`. */
function labelOf(path: string): string {
  return path.replaceAll(/\[\d+\]/g, '')
}
