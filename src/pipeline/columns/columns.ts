import type { InferInsertModel, InferSelectModel, Table } from 'drizzle-orm'
import type {
  CleanRule,
  ConstantRule,
  DateRule,
  DecimalRule,
  EnumListRule,
  EnumRule,
  JsonRule,
  OnChangeRule,
  OnInsertRule,
  ParentRule,
  ReferenceRule,
  TimestampRule,
  UuidFromRule,
} from '../../record/column.js'

/** What a column may be given: its own type, and nothing at all where it may be null. */
type Settable<Value> = null extends Value ? Value | undefined : Value

/** The fields of a record whose type fits the column. */
type FieldFor<Record, Value> = {
  [Field in keyof Record & string]: Record[Field] extends Settable<Value> ? Field : never
}[keyof Record & string]

type AnyField<Record> = keyof Record & string

/** Helpers that make text: for columns that take any text. */
type TextHelper<Record, Value> =
  string extends NonNullable<Value>
    ? UuidFromRule<AnyField<Record>> | DecimalRule<AnyField<Record>> | CleanRule<AnyField<Record>>
    : never

/** Helpers that make an instant or a day: for columns of either drizzle mode. */
type InstantHelper<Record, Value> =
  Extract<NonNullable<Value>, Date | string> extends never
    ? never
    : TimestampRule<AnyField<Record>> | DateRule<AnyField<Record>>

/** The texts that an array column takes. */
type ElementText<Value> = Value extends readonly (infer Element)[] ? Extract<Element, string> : never

/** What may stand for one column of the target. */
export type ColumnSource<Record, Value> =
  | FieldFor<Record, Value>
  | ((record: Record) => Settable<Value>)
  | TextHelper<Record, Value>
  | InstantHelper<Record, Value>
  | ReferenceRule<AnyField<Record>>
  | EnumRule<AnyField<Record>, Extract<NonNullable<Value>, string>>
  | EnumListRule<AnyField<Record>, ElementText<NonNullable<Value>>>
  | JsonRule<AnyField<Record>>
  | ConstantRule<Settable<Value>>
  | OnInsertRule<(record: Record) => Settable<Value>>
  | OnChangeRule<(record: Record) => Settable<Value>>

type RequiredColumn<Target extends Table> = {
  [Column in keyof InferInsertModel<Target>]-?: undefined extends InferInsertModel<Target>[Column]
    ? never
    : Column
}[keyof InferInsertModel<Target>]

/** For every column that the database cannot fill by itself a source; for every other one at most one. */
export type Columns<Record, Target extends Table, Extra = never> = {
  [Column in keyof InferSelectModel<Target> & RequiredColumn<Target>]:
    ColumnSource<Record, InferSelectModel<Target>[Column]> | Extra
} & {
  [Column in Exclude<keyof InferSelectModel<Target>, RequiredColumn<Target>>]?:
    ColumnSource<Record, InferSelectModel<Target>[Column]> | Extra
}

/** The same for a child, whose columns may hold the key of the row above. */
export type ChildColumns<Record, Target extends Table> = Columns<Record, Target, ParentRule>
