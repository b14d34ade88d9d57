import type { ColumnType } from '../value/column-type.js'
import { quoteName, quoteText } from './quote.js'
import { typeCheckName, type TypeRefusal } from './type-check.js'

/** The type of a strict table that holds a column's values. */
export function twinStorage(type: ColumnType): 'text' | 'integer' | 'real' | 'blob' {
  switch (type.kind) {
    case 'integer':
    case 'boolean':
      return 'integer'
    case 'float':
      return 'real'
    case 'bytes':
      return 'blob'
    default:
      return 'text'
  }
}

/** The check that stands for what the Postgres type refuses by itself: `constraint "code too_long" check (…)`. */
export function twinTypeCheck(column: string, type: ColumnType): string | undefined {
  const name = quoteName(column)
  const check = (refusal: TypeRefusal, condition: string) =>
    `constraint ${quoteName(typeCheckName(column, refusal))} check (${condition})`
  switch (type.kind) {
    case 'text':
      return type.maxLength === undefined
        ? undefined
        : check('too_long', `length(${name}) <= ${type.maxLength}`)
    case 'integer': {
      if (type.bits === 64) return undefined
      const limit = 2 ** (type.bits - 1)
      return check('out_of_range', `${name} between ${-limit} and ${limit - 1}`)
    }
    case 'boolean':
      return check('type', `${name} in (0, 1)`)
    case 'json':
      return check('type', `json_valid(${name})`)
    case 'enum':
      return check('type', `${name} in (${type.labels.map(quoteText).join(', ')})`)
    default:
      return undefined
  }
}
