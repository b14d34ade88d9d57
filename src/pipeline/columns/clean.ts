import type { CleanSpec } from '../../record/clean-text.js'
import type { CleanRule } from '../../record/column.js'

/**
 * A text with what is declared done to it, in this order: NUL characters out, lone surrogates replaced, case, normal
 * form, white space at its ends, empty text to null. A plain field is never changed.
 *
 * `clean('email', { trim: true, case: 'lower', empty: 'null' })`
 */
export function clean<const Field extends string>(field: Field, options: CleanSpec): CleanRule<Field> {
  return { kind: 'clean', field, ...options }
}
