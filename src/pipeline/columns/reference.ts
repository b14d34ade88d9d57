import type { MissingReference, ReferenceRule } from '../../record/column.js'

/** How a reference is resolved. */
export interface ReferenceOptions {
  /**
   * `reject` (default): the record is rejected as `missing_reference`; `null`: the column is left empty; `stub`: the pipeline it
   * leads to makes a row that stands for the missing record.
   */
  missing?: MissingReference
  /** The name of a column of the referenced table that holds the value, instead of the legacy key. */
  by?: string
}

/**
 * The row that a legacy key of `pipeline` became, also when that row was matched by another key and kept its own id.
 *
 * @param pipeline the pipeline, a function that returns it, or its name (for files that refer to each other)
 */
export function reference<const Field extends string>(
  pipeline: ReferenceRule['pipeline'],
  field: Field,
  options: ReferenceOptions = {},
): ReferenceRule<Field> {
  const rule = { kind: 'reference', pipeline, field, missing: options.missing ?? 'reject' } as const
  return options.by === undefined ? rule : { ...rule, by: options.by }
}
