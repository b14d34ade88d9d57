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

/**
 * Makes every column of a record. All that is wrong with it is reported, the first thing by its code.
 *
 * @param offers numbers that the schema saw as text: JSON is to have numbers in their places
 */
export function mapRecord(
  columns: readonly MappedColumn[],
  record: Readonly<Record<string, unknown>>,
  offers: readonly OfferedNumber[] = [],
): ({ mapped: MappedRecord } | { rejects: Reject[] }) & { notes: EnumNote[] } {
  const values: unknown[] = []
  const references: OpenReference[] = []
  const notes: EnumNote[] = []
  const rejects: Reject[] = []
  columns.forEach(({ name, rule }, column) => {
    const refuse = (code: RejectCode, message: string) => {
      rejects.push({ code, column: name, message })
      return null
    }
    values.push(valueOf())

    function valueOf(): unknown {
      switch (rule.kind) {
        case 'field':
          return record[rule.field]
        case 'json':
          return withoutOffers(rule.field, record[rule.field], offers)
        case 'constant':
          return rule.value
        case 'function':
        case 'on-insert':
        case 'on-change':
          return computed(rule.compute)
        case 'uuid-from': {
          const id = identity(rule.field)
          return id === null ? null : uuidFromValue(id, rule.namespace)
        }
        case 'reference': {
          const parts = [rule.field].flat().map(identity)
          const legacyKey = parts.includes(null) ? null : joinLegacyKey(parts as string[])
          if (legacyKey !== null) references.push({ column, legacyKey })
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
          return 'problem' in converted ? refuse('type', converted.problem) : converted.value
        }
        case 'enum': {
          const match = matchEnum(rule.definition, record[rule.field])
          notes.push({ column: name, match })
          if (match.via === 'unknown') return refuse('unknown_enum', unknownValue(rule.definition))
          return match.value
        }
        case 'enum-list': {
          const found = record[rule.field]
          if (found === null || found === undefined) return null
          if (!Array.isArray(found))
            return refuse('type', `expected a list, found a value of type ${typeof found}`)
          const matches = found.map((element) => matchEnum(rule.definition, element))
          notes.push(...matches.map((match) => ({ column: name, match })))
          if (matches.some((match) => match.via === 'unknown'))
            return refuse('unknown_enum', `in the list, ${unknownValue(rule.definition)}`)
          return matches.map((match) => match.value)
        }
      }
    }

    function computed(compute: (record: never) => unknown): unknown {
      try {
        return compute(record as never)
      } catch (error) {
        // The message may quote the record; the class tells enough to find the function.
        return refuse(
          'invalid_record',
          `the function of this column threw ${(error as Error)?.name ?? 'something'}`,
        )
      }
    }

    function identity(field: string): string | null {
      const found = record[field]
      if (found === null || found === undefined || found === '') return null
      return legacyKeyText(found) ?? refuse('type', `an id is text or a whole number, found ${kindOf(found)}`)
    }
  })
  return rejects.length > 0 ? { rejects, notes } : { mapped: { values, references }, notes }
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
