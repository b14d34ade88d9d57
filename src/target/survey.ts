import type { Column, Table } from 'drizzle-orm'
import type { LabelList } from './label-list.js'
import type { SequenceFacts } from './sequence-facts.js'
import type { Check, UniqueKey } from './table.js'
import type { ColumnType } from './value/column-type.js'

/** A whole database as its live catalogue tells it: for audits, which ask for more than it takes to write rows. */
export interface Survey {
  /** By name; without those of the engine, of extensions and of carryover. */
  readonly tables: readonly SurveyedTable[]
  readonly enums: readonly SurveyedEnum[]
  readonly sequences: readonly SequenceFacts[]
  readonly connection: SurveyedConnection
  /** False where `alter table` can change neither columns nor constraints. */
  readonly altersTables: boolean
  /** True when something of the schema bears the name already: a table, an index, a view, a type. */
  isTaken(name: string, schema: string): boolean
  /** True where a declared index of another method has no counterpart. */
  readonly onlyBtrees: boolean
  /** False when only some schemas were asked for: what is not among `tables` may be there all the same. */
  readonly isWhole: boolean
  /** What can be read like a table and is none of `tables`, by name: views, foreign tables, partitions, tables of extensions. */
  readonly lookalikes: ReadonlySet<string>
  /** The live table of a drizzle table, undefined when it is not there. */
  tableOf(declared: Table): SurveyedTable | undefined
  /** What the table of a drizzle table is called here; undefined when it was declared for another engine. */
  nameOf(declared: Table): string | undefined
  /** The type that a drizzle column asks for, as this engine writes it, when the live column is not of that type for certain. */
  otherType(live: SurveyedColumn, declared: Column): string | undefined
}

/** A table of a survey. */
export interface SurveyedTable {
  /** For people and reports: `users`, or `billing.users` outside the default schema. */
  readonly name: string
  /** The same, quoted for statements of this engine. */
  readonly sql: string
  readonly schema: string
  /** True when its rows lie in partitions, which are not surveyed. */
  readonly partitioned: boolean
  /** In their order. */
  readonly columns: readonly SurveyedColumn[]
  /** Null when there is none. */
  readonly primaryKey: { readonly name: string; readonly columns: readonly string[] } | null
  /** The primary key among them. */
  readonly uniqueKeys: readonly UniqueKey[]
  readonly foreignKeys: readonly SurveyedForeignKey[]
  readonly checks: readonly Check[]
  /** Columns that a check holds to a closed list of texts. */
  readonly labelLists: readonly LabelList[]
  /** Every index that is in use. */
  readonly indexes: readonly SurveyedIndex[]
  /** True when row security keeps rows from the role of this connection. */
  readonly hidesRows: boolean
  /** What the role of this connection may do with the rows; nothing where it may not use the schema. */
  readonly may: {
    readonly useSchema: boolean
    readonly select: boolean
    readonly insert: boolean
    readonly update: boolean
    readonly delete: boolean
  }
}

/** A column of a survey. */
export interface SurveyedColumn {
  readonly name: string
  /** The same, quoted for statements of this engine. */
  readonly sql: string
  /** As the catalogue writes it: `character varying(20)`, `timestamp without time zone`, `mood[]`. */
  readonly declared: string
  readonly type: ColumnType
  /** The domain that `declared` stands for, null when there is none. */
  readonly domain: string | null
  /** False when something holds the column to its type: a view, a trigger, a policy, a generated column, an expression of an index. */
  readonly retypable: boolean
  /** The enum type, as in `enums`, also when this is an array of it; null when there is none. */
  readonly enumName: string | null
  readonly nullable: boolean
  /** The expression that fills the column, undefined without one; none for an identity. */
  readonly defaultSql: string | undefined
  readonly identity: 'always' | 'by default' | undefined
  readonly generated: boolean
  readonly foldsCase: boolean
}

/** What becomes of rows that point at a row which is deleted. */
export type DeleteAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

/** A foreign key of a survey. */
export interface SurveyedForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  /** As in `tables`. */
  readonly parent: string
  readonly parentSql: string
  readonly parentColumns: readonly string[]
  readonly onDelete: DeleteAction
  /** True when a transaction can put off that the key is judged. */
  readonly deferrable: boolean
  /** What stands behind its name in `add constraint`, null where none can be added: `FOREIGN KEY (a) REFERENCES b(id)`. */
  readonly definition: string | null
  /** False when rows from before the constraint were not checked, or the engine does not enforce it. */
  readonly enforced: boolean
  /** True when it holds for new rows, and one statement would have it hold for those that were there before. */
  readonly notValid: boolean
}

/** An index of a survey, those of unique keys among them. */
export interface SurveyedIndex {
  readonly name: string
  /** The columns it is over in its order, null in the place of an expression. */
  readonly columns: readonly (string | null)[]
  readonly unique: boolean
  /** True when it comes with a primary key or a unique constraint. */
  readonly isConstraint: boolean
  readonly predicate: string | undefined
  /** `btree`, `gin`. */
  readonly method: string
  /** What stands between the name of the table and the condition in `create index`; undefined where only a constraint makes it. */
  readonly body: string | undefined
}

/** An enum type. */
export interface SurveyedEnum {
  /** `mood`, or `billing.mood` outside the default schema. */
  readonly name: string
  /** The same, quoted for statements of this engine. */
  readonly sql: string
  readonly schema: string
  readonly labels: readonly string[]
  /**
   * What would not outlive that its columns get another type, in the words of the engine: views, expressions of indexes, checks,
   * generated columns, functions; whole columns, their defaults and plain indexes are none of it.
   */
  readonly dependents: readonly string[]
}

/** How the database is reached. */
export interface SurveyedConnection {
  /** The role, null where there are none. */
  readonly role: string | null
  readonly isSuperuser: boolean
  /** What is sent can be read on the way: neither encrypted nor on the same machine. */
  readonly isPlain: boolean
  /** Somebody stands between: the server that answers is not the one that was connected to. */
  readonly isPooled: boolean
  /** What the role lacks to keep a ledger, as the statements that grant it; empty where it lacks nothing. */
  readonly ledgerGrants: readonly string[]
}

/** What an audit may ask of a database. Nothing of it is left behind. */
export interface Audit {
  /** @param schemas only these; empty for all */
  survey(schemas: readonly string[]): Promise<Survey>
  /** Those of `schemas` that the database does not have. */
  unknownSchemas(schemas: readonly string[]): Promise<string[]>
  /** Every sequence with the state of its column, by table and column. @param schemas only these; empty for all */
  sequences(schemas: readonly string[]): Promise<SequenceFacts[]>
  /**
   * Inserts a row of made-up values that leaves out what a default should fill, and takes it back; answers what the database
   * said against it, null when it took the row, and when nothing but the values was wrong.
   */
  tryInsert(table: SurveyedTable): Promise<RefusedInsert | null>
  /** How many rows there are, counted up to `atMost`. @param column only rows in which it is not null */
  countRows(table: SurveyedTable, atMost: number, column?: string): Promise<number>
  /** The distinct texts of a column, null values left out; undefined when there are more than `limit`. */
  distinctTexts(table: SurveyedTable, column: string, limit: number): Promise<string[] | undefined>
  /** How many groups of rows differ in a unique key by the case of its texts alone. */
  countCaseTwins(table: SurveyedTable, key: Pick<UniqueKey, 'columns' | 'nullsNotDistinct'>): Promise<number>
  /** How many rows point at no row. */
  countOrphans(
    table: SurveyedTable,
    key: Pick<SurveyedForeignKey, 'columns' | 'parentSql' | 'parentColumns'>,
  ): Promise<number>
}

/** Why an insert fails whatever its values are. */
export interface RefusedInsert {
  /** What the database said, a sentence. */
  readonly said: string
  /** The column that was left out and stayed null, where that is the reason. */
  readonly column: string | undefined
}
