import { is, Table, type InferSelectModel } from 'drizzle-orm'
import type { MissingReference, ReferenceRule } from '../../record/column.js'

/** How a reference to the records of a pipeline is resolved. */
export interface ReferenceOptions {
  /**
   * `reject` (default): the record is rejected as `missing_reference`; `null`: the column is left empty; `stub`: the pipeline it
   * leads to makes a row that stands for the missing record.
   */
  missing?: MissingReference
  /** The name of a column of the referenced table that holds the value, instead of the legacy key. */
  by?: string
}

/** How a reference to rows that no pipeline imports is resolved. */
export interface TableReferenceOptions<Target extends Table> {
  /** The column of the table that holds the value. */
  by: keyof InferSelectModel<Target> & string
  /** As for a pipeline; nobody makes stubs. */
  missing?: Exclude<MissingReference, 'stub'>
}

/** What leads to a pipeline: itself, a function that returns it, or its name (for files that refer to each other). */
type PipelineLink = NonNullable<ReferenceRule['pipeline']>

/** The row of a table that holds the field's value in the column `by`, for rows that no pipeline imports. */
export function reference<Target extends Table, const Field extends string>(
  table: Target,
  field: Field,
  options: TableReferenceOptions<Target>,
): ReferenceRule<Field>
/**
 * The row that a legacy key of `pipeline` became, also when that row was matched by another key and kept its own id.
 *
 * @param pipeline the pipeline, a function that returns it, or its name (for files that refer to each other)
 * @param field several fields where the pipeline's key is made of several
 */
export function reference<const Field extends string>(
  pipeline: PipelineLink,
  field: Field | readonly Field[],
  options?: ReferenceOptions,
): ReferenceRule<Field>
export function reference(
  to: Table | PipelineLink,
  field: string | readonly string[],
  options: ReferenceOptions = {},
): ReferenceRule {
  const rule = { kind: 'reference', field, missing: options.missing ?? 'reject' } as const
  const by = options.by === undefined ? {} : { by: options.by }
  return is(to, Table) ? { ...rule, table: to, ...by } : { ...rule, pipeline: to, ...by }
}
