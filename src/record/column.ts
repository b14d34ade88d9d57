import type { EnumDefinition } from './match-enum.js'

/**
 * How one column is made from a record: plain data that can be printed, compared and walked over.
 * The constructors that pipeline files call live in `src/pipeline/columns/`.
 */
export type ColumnRule =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'function'; readonly compute: (record: never) => unknown }
  | UuidFromRule
  | ReferenceRule
  | EnumRule
  | TimestampRule
  | DecimalRule
  | JsonRule
  | ConstantRule
  | OnInsertRule
  | OnChangeRule

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

/** One of the values of a legacy enum. */
export interface EnumRule<Field extends string = string, Value extends string = string> {
  readonly kind: 'enum'
  readonly field: Field
  readonly definition: EnumDefinition & { readonly values: readonly Value[] }
}

/** An instant, with the zone that the text lacks. */
export interface TimestampRule<Field extends string = string> {
  readonly kind: 'timestamp'
  readonly field: Field
  readonly format?: string | readonly string[]
  readonly zone?: string
}

/** A decimal number, exact. */
export interface DecimalRule<Field extends string = string> {
  readonly kind: 'decimal'
  readonly field: Field
}

/** Any JSON value as it is. */
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
