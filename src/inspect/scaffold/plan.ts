import type { SourceFormat } from '../../source/source-definition.js'
/** An enum that a scaffold declares. */
export interface EnumPlan {
  /** As in TypeScript: `ToolType`. */
  variable: string
  /** As in messages: `tool_type`. */
  name: string
  values: readonly string[]
  /** Spellings that differ from a value by case, spaces, `-` and `_`. */
  aliases: readonly { legacy: string; value: string }[]
}

/** A column of a table, and how it is made of a record. */
export interface ColumnPlan {
  /** As in TypeScript. */
  property: string
  /** As in SQL. */
  name: string
  /** What builds it, and its settings: `numeric`, `bigint` with `{ mode: 'number' }`; an enum builds its own. */
  type: { builder: string; settings?: string } | { enum: EnumPlan }
  isKey: boolean
  notNull: boolean
  unique: boolean
  /** The variable of the table it leads to. */
  references: string | undefined
  /** What makes it: `'name'`, `timestamp('created')`. */
  source: string
  /** What of carryover `source` uses. */
  helpers: readonly string[]
  /** For the reader of the pipeline. */
  comments: readonly string[]
}

/** A pipeline and its table. */
export interface PipelinePlan {
  collection: string
  /** Of the pipeline and the table. */
  name: string
  /** Of the file, without its extension. */
  file: string
  /** Of the table, and of the pipeline where another one imports it. */
  variable: string
  source: { files: string; at: string; format: SourceFormat | undefined }
  /** Fields of the record and what zod says of them. */
  shape: readonly { key: string; schema: string; comments: readonly string[] }[]
  key: readonly string[]
  keyComments: readonly string[]
  columns: readonly ColumnPlan[]
  /** Variables of the pipelines it imports, and their files. */
  imports: readonly { variable: string; file: string }[]
}

/** The property that a key of several fields becomes one text in. */
export const JOINED_KEY = 'recordKey'
