import type { ColumnRule } from './column.js'
import { convertValue } from './convert-value.js'
import { joinLegacyKey, legacyKeyText } from './legacy-key.js'
import { matchEnum, type EnumDefinition, type EnumMatch } from './match-enum.js'
import { type OfferedNumber, withoutOffers } from './offered-numbers.js'
import type { Reject, RejectCode } from './reject.js'
import { uuidFromValue } from './uuid-from-value.js'

/** A column's place in the record: its name in messages and its rule. */
export interface MappedColumn {
  readonly name: string
  readonly rule: ColumnRule
}

/** A reference that is still to be resolved. */
export interface OpenReference {
  /** Index of the column. */
  readonly column: number
  readonly legacyKey: string
}

/** Where an enum's legacy value led, in a record that lands or is rejected. */
export interface EnumNote {
  readonly column: string
  readonly match: EnumMatch
}

/** A record's columns; those of references are null until they are resolved. */
export interface MappedRecord {
  readonly values: unknown[]
  readonly references: readonly OpenReference[]
}

type LegacyRecord = Readonly<Record<string, unknown>>

/**
 * What came up while the columns of one record were made. Functions that share it cost less than closures for every record, and
 * a list that is made when it gets its first member less than one that is made to grow.
 */
interface Draft {
  readonly record: LegacyRecord
  readonly offers: readonly OfferedNumber[]
  references: readonly OpenReference[]
  notes: readonly EnumNote[]
  rejects: readonly Reject[]
}

const none: readonly never[] = []

const noOffers: readonly OfferedNumber[] = []

/**
 * Makes every column of a record. All that is wrong with it is reported, the first thing by its code.
 *
 * @param offers numbers that the schema saw as text: JSON is to have numbers in their places
 */
export function mapRecord(
  columns: readonly MappedColumn[],
  record: LegacyRecord,
  offers: readonly OfferedNumber[] = noOffers,
): ({ mapped: MappedRecord } | { rejects: readonly Reject[] }) & { notes: readonly EnumNote[] } {
  const draft: Draft = { record, offers, references: none, notes: none, rejects: none }
  const values = columns.map((column, index) => valueOf(column, index, draft))
  const { references, notes, rejects } = draft
  return rejects.length > 0 ? { rejects, notes } : { mapped: { values, references }, notes }
}

function valueOf(column: MappedColumn, index: number, draft: Draft): unknown {
  const { rule } = column
  const { record } = draft
  switch (rule.kind) {
    case 'field':
      return record[rule.field]
    case 'json':
      return withoutOffers(rule.field, record[rule.field], draft.offers)
    case 'constant':
      return rule.value
    case 'function':
    case 'on-insert':
    case 'on-change':
      return computed(column, rule.compute, draft)
    case 'uuid-from': {
      const id = identity(column, rule.field, draft)
      return id === null ? null : uuidFromValue(id, rule.namespace)
    }
    case 'reference': {
      const legacyKey = referredKey(column, rule.field, draft)
      if (legacyKey !== null) draft.references = [...draft.references, { column: index, legacyKey }]
      return null
    }
    case 'parent':
      // Known when the row above is written.
      return null
    case 'timestamp':
    case 'date':
    case 'decimal':
    case 'clean': {
      const converted = convertValue(rule, record[rule.field])
      return 'problem' in converted ? refuse(draft, column, 'type', converted.problem) : converted.value
    }
    case 'enum': {
      const match = matchEnum(rule.definition, record[rule.field])
      draft.notes = [...draft.notes, { column: column.name, match }]
      return match.via === 'unknown'
        ? refuse(draft, column, 'unknown_enum', unknownValue(rule.definition))
        : match.value
    }
    case 'enum-list':
      return enumList(column, rule.definition, record[rule.field], draft)
  }
}

function refuse(draft: Draft, { name }: MappedColumn, code: RejectCode, message: string): null {
  draft.rejects = [...draft.rejects, { code, column: name, message }]
  return null
}

function computed(column: MappedColumn, compute: (record: never) => unknown, draft: Draft): unknown {
  try {
    return compute(draft.record as never)
  } catch (error) {
    // The message may quote the record; the class tells enough to find the function.
    const name = (error as Error)?.name ?? 'something'
    return refuse(draft, column, 'invalid_record', `the function of this column threw ${name}`)
  }
}

function referredKey(column: MappedColumn, field: string | readonly string[], draft: Draft): string | null {
  if (typeof field === 'string') return identity(column, field, draft)
  const parts = field.map((one) => identity(column, one, draft))
  return parts.includes(null) ? null : joinLegacyKey(parts as string[])
}

function identity(column: MappedColumn, field: string, draft: Draft): string | null {
  const found = draft.record[field]
  if (found === null || found === undefined || found === '') return null
  return (
    legacyKeyText(found) ??
    refuse(draft, column, 'type', `an id is text or a whole number, found ${kindOf(found)}`)
  )
}

function enumList(column: MappedColumn, definition: EnumDefinition, found: unknown, draft: Draft): unknown {
  if (found === null || found === undefined) return null
  if (!Array.isArray(found))
    return refuse(draft, column, 'type', `expected a list, found a value of type ${typeof found}`)
  const matches = found.map((element) => matchEnum(definition, element))
  draft.notes = [...draft.notes, ...matches.map((match) => ({ column: column.name, match }))]
  return matches.some((match) => match.via === 'unknown')
    ? refuse(draft, column, 'unknown_enum', `in the list, ${unknownValue(definition)}`)
    : matches.map((match) => match.value)
}

function unknownValue({ name, values }: EnumDefinition): string {
  return `the value is none of ${name} (${values.join(', ')}), has no alias, and there is no fallback`
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'number'
    ? 'a number with a fraction or beyond 2^53'
    : `a value of type ${typeof value}`
}

/** Several rejects of one record as the one it is counted by: the first one's code, everybody's message. */
export function joinRejects(rejects: readonly [Reject, ...Reject[]] | readonly Reject[]): Reject {
  const [first, ...others] = rejects as readonly [Reject, ...Reject[]]
  if (others.length === 0) return first
  const messages = others.map((reject) =>
    reject.column === undefined ? reject.message : `${reject.column}: ${reject.message}`,
  )
  return { ...first, message: [first.message, ...messages].join('; ') }
}
