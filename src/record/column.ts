import type { CleanSpec } from './clean-text.js'
import type { EnumDefinition } from './match-enum.js'
import type { DateSpec } from './parse-date.js'
import type { DecimalSpec } from './parse-decimal.js'
import type { InstantSpec } from './parse-instant.js'

/**
 * How one column is made from a record: plain data that can be printed, compared and walked over.
 * The constructors that pipeline files call live in `src/pipeline/columns/`.
 */
export type ColumnRule =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'function'; readonly compute: (record: never) => unknown }
  | UuidFromRule
  | ReferenceRule
  | ParentRule
  | EnumRule
  | EnumListRule
  | TimestampRule
  | DateRule
  | DecimalRule
  | CleanRule
  | JsonRule
  | ConstantRule
  | OnInsertRule
  | OnChangeRule

/** What else than null and empty text means that there is no value. */
interface Nulls {
  /** Texts such as `'0000-00-00'` or `'N/A'`, without blanks around them. */
  readonly nulls?: readonly string[]
}

/** A UUID is kept, anything else becomes a UUIDv5. */
export interface UuidFromRule<Field extends string = string> {
  readonly kind: 'uuid-from'
  readonly field: Field
  readonly namespace?: string
}

/** What becomes of a reference that leads nowhere. */
export type MissingReference = 'reject' | 'null' | 'stub'

/** The row that a legacy key of another pipeline became, or that holds a value in a column of a table. */
export interface ReferenceRule<Field extends string = string> {
  readonly kind: 'reference'
  /** The pipeline's name, or what answers it: files may refer to each other. */
  readonly pipeline?: string | { readonly name: string } | (() => { readonly name: string })
  /** A drizzle table whose rows no pipeline imports, in the place of a pipeline. */
  readonly table?: object
  /** Several fields where the legacy key is made of several. */
  readonly field: Field | readonly Field[]
  readonly missing: MissingReference
  /** A column of the referenced table to look the value up in, instead of the legacy key. */
  readonly by?: string
}

/** The row key of the record that a child belongs to. */
export interface ParentRule {
  readonly kind: 'parent'
  /** 1 for the record right above, 2 for the one above that. */
  readonly levels: number
}

/** One of the values of a legacy enum. */
export interface EnumRule<Field extends string = string, Value extends string = string> {
  readonly kind: 'enum'
  readonly field: Field
  readonly definition: EnumDefinition & { readonly values: readonly Value[] }
}

/** A list of values of a legacy enum. */
export interface EnumListRule<Field extends string = string, Value extends string = string> {
  readonly kind: 'enum-list'
  readonly field: Field
  readonly definition: EnumDefinition & { readonly values: readonly Value[] }
}

/** An instant, with the zone that the text lacks. */
export interface TimestampRule<Field extends string = string> extends InstantSpec, Nulls {
  readonly kind: 'timestamp'
  readonly field: Field
}

/** A day of the calendar. */
export interface DateRule<Field extends string = string> extends DateSpec, Nulls {
  readonly kind: 'date'
  readonly field: Field
}

/** Text that is changed as declared. */
export interface CleanRule<Field extends string = string> extends CleanSpec {
  readonly kind: 'clean'
  readonly field: Field
}

/** A decimal number, exact but for declared rounding. */
export interface DecimalRule<Field extends string = string> extends DecimalSpec, Nulls {
  readonly kind: 'decimal'
  readonly field: Field
}

/** Any JSON value as it is; also a plain field of a JSON column. */
export interface JsonRule<Field extends string = string> {
  readonly kind: 'json'
  readonly field: Field
}

/** The same value for every record. */
export interface ConstantRule<Value = unknown> {
  readonly kind: 'constant'
  readonly value: Value
}

/** A value for new rows alone; it never counts as a difference. */
export interface OnInsertRule<Compute extends (record: never) => unknown = (record: never) => unknown> {
  readonly kind: 'on-insert'
  readonly compute: Compute
}

/** A value for new rows and for rows that change anyway; it never counts as a difference. */
export interface OnChangeRule<Compute extends (record: never) => unknown = (record: never) => unknown> {
  readonly kind: 'on-change'
  readonly compute: Compute
}
