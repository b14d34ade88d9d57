import type { LabelList } from './label-list.js'
import type { ColumnType } from './value/column-type.js'

/** A table as the live catalogue describes it. The catalogue decides, not the drizzle file. */
export interface TargetTable {
  /** For people and reports: `users`, or `billing.users` outside the default schema. */
  readonly name: string
  /** The same, quoted for statements of this engine. */
  readonly sql: string
  readonly columns: readonly TableColumn[]
  /** The columns that name a row: the primary key, or else a unique key that is never null. */
  readonly rowKey: readonly string[]
  readonly uniqueKeys: readonly UniqueKey[]
  readonly foreignKeys: readonly ForeignKey[]
  /** Foreign keys of any table that point at this one. */
  readonly referrers: readonly Referrer[]
  readonly checks: readonly Check[]
  /** Columns that take a closed list of texts alone, and what holds them to it. */
  readonly labelLists: readonly LabelList[]
  /** Columns filled by a sequence or identity. */
  readonly sequences: readonly SequenceColumn[]
  /** True when triggers may rewrite what is written. */
  readonly hasTriggers: boolean
}

/** One column of the live table. */
export interface TableColumn {
  readonly name: string
  /** The property of the drizzle table, `undefined` when the schema file does not have the column. */
  readonly property: string | undefined
  readonly type: ColumnType
  /** The type for a cast in a statement, without length or precision: a cast would truncate in silence. */
  readonly cast: string
  readonly nullable: boolean
  /** The expression the database fills in, `undefined` without one; for an identity, what draws its next number. */
  readonly defaultSql: string | undefined
  readonly generated: boolean
  readonly identity: 'always' | 'by default' | undefined
  /** True when the type or collation calls different texts equal. */
  readonly foldsCase: boolean
}

/** One unique constraint or index. */
export interface UniqueKey {
  /** The constraint's or index's name. */
  readonly name: string
  readonly primary: boolean
  /** Every column the key reads; a pipeline must provide all of them for the key to take part. */
  readonly columns: readonly string[]
  /** One per member, as SQL over the bare column names: `"slug"`, `lower("email")`. */
  readonly parts: readonly string[]
  /** The `WHERE` of a partial index, as SQL over the bare column names. */
  readonly predicate: string | undefined
  readonly nullsNotDistinct: boolean
}

/** One foreign key. */
export interface ForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly parent: string
  /** The parent's name, quoted for statements of this engine. */
  readonly parentSql: string
  readonly parentColumns: readonly string[]
  /** False when rows from before the constraint were not checked, or the engine does not enforce it. */
  readonly enforced: boolean
}

/** A foreign key, seen from the table it points at. */
export interface Referrer {
  /** The table that points, for people. */
  readonly table: string
  /** The same, quoted for statements of this engine. */
  readonly sql: string
  readonly columns: readonly string[]
  /** What the columns point at, in their order. */
  readonly referred: readonly string[]
  /** The columns of the pointing table's primary key; none when it has none. */
  readonly rowKey: readonly string[]
}

/** One check constraint. */
export interface Check {
  readonly name: string
  /** As SQL over the bare column names. */
  readonly expression: string
  readonly columns: readonly string[]
}

/** A column whose numbers a sequence hands out. */
export interface SequenceColumn {
  readonly column: string
  /** The sequence, quoted for statements of this engine. */
  readonly sequence: string
}
