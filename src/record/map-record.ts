import type { ColumnRule } from './column.js'
import { joinLegacyKey, legacyKeyText } from './legacy-key.js'
import { matchEnum } from './match-enum.js'
import { parseDecimal } from './parse-decimal.js'
import { parseInstant } from './parse-instant.js'
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

/** An enum value that was not exactly one of today's. */
export interface EnumNote {
  readonly column: string
  readonly via: 'normalized' | 'alias' | 'fallback'
  readonly legacy: string
}

/** A record's columns; those of references are null until they are resolved. */
export interface MappedRecord {
  readonly values: unknown[]
  readonly references: readonly OpenReference[]
  readonly notes: readonly EnumNote[]
}

/** Makes every column of a record. All that is wrong with it is reported, the first thing by its code. */
export function mapRecord(
  columns: readonly MappedColumn[],
  record: Readonly<Record<string, unknown>>,
): { mapped: MappedRecord } | { rejects: Reject[] } {
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
        case 'json':
          return record[rule.field]
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
        case 'timestamp': {
          const found = record[rule.field]
          if (found === null || found === undefined || found === '') return null
          const instant = parseInstant(found, rule)
          return 'problem' in instant ? refuse('type', instant.problem) : instant.text
        }
        case 'decimal': {
          const found = record[rule.field]
          if (found === null || found === undefined || found === '') return null
          const decimal = parseDecimal(found)
          return 'problem' in decimal ? refuse('type', decimal.problem) : decimal.text
        }
        case 'enum': {
          const match = matchEnum(rule.definition, record[rule.field])
          if ('missing' in match) return null
          if ('unknown' in match) {
            return refuse(
              'unknown_enum',
              `the value is none of ${rule.definition.name} (${rule.definition.values.join(', ')}), has no alias, and there is no fallback`,
            )
          }
          if (match.via !== 'exact') notes.push({ column: name, via: match.via, legacy: match.legacy })
          return match.value
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
  return rejects.length > 0 ? { rejects } : { mapped: { values, references, notes } }
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
