/// <reference lib="es2024.string" />
import { withDescendants } from '../pipeline/compile-children.js'
import type { CompiledMapping } from '../pipeline/compiled-pipeline.js'
import { declaredNames } from '../record/declared-names.js'
import { exactJson } from '../record/exact-json.js'
import { quotesName } from '../record/quotes-name.js'
import { quotesValue } from '../record/quotes-value.js'
import type { RejectCopy, RejectEntry } from '../target/reject-entry.js'
import type { Keeping } from './keeping.js'
import type { RejectedLegacy } from './records.js'

const none: RejectCopy = { copy: 'none', record: null, surroundings: null }

/** The copy of a rejected record that the ledger keeps. */
export function keptCopy({ raw, surroundings }: RejectedLegacy, keeping: Keeping): RejectCopy {
  if (keeping.kind === 'nothing') return none
  if (keeping.kind === 'without') {
    if (!isObject(raw)) return none
    const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !keeping.fields.has(name)))
    const text = exactJson(rest)?.text
    // What surrounds a record may be any other record.
    return text === undefined ? none : { copy: 'partial', record: text, surroundings: null }
  }
  const record = exactJson(raw)
  if (record === undefined) return none
  const around = Object.keys(surroundings).length === 0 ? null : exactJson(surroundings)
  if (around === undefined) return { copy: 'partial', record: record.text, surroundings: null }
  const isExact = record.isExact && around?.isExact !== false
  return {
    copy: isExact ? 'exact' : 'partial',
    record: record.text,
    surroundings: around === null ? null : around.text,
  }
}

/** The reason of a reject as the ledger keeps it: nothing of what may not be kept of the record is quoted. */
export function keptReason(
  pipeline: CompiledMapping,
  { raw, surroundings, reject: { column, message } }: RejectedLegacy,
  keeping: Keeping,
): Pick<RejectEntry, 'column' | 'message'> {
  const told = { column: column === undefined ? null : storable(column), message: storable(message) }
  if (keeping.kind === 'all') return told
  const hidden =
    keeping.kind === 'nothing' || !isObject(raw) ? [raw, surroundings] : pick(raw, keeping.fields)
  const declared = new Set(
    [pipeline, ...withDescendants(pipeline.children)].flatMap(({ schema }) => [...declaredNames(schema)]),
  )
  // Fields that are left out have names of the schema's own.
  const quotes = (text: string) => quotesValue(text, hidden) || quotesName(text, hidden, declared)
  return {
    column: told.column === null || quotes(told.column) ? null : told.column,
    message: quotes(told.message) ? 'its message quotes the record and is not kept' : told.message,
  }
}

function pick(record: object, fields: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields.has(name)))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A message of the schema's own may hold what no database takes, and so may the name of a field. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}
