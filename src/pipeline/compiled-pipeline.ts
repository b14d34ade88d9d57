import type { Table } from 'drizzle-orm'
import type { z } from 'zod'
import type { ColumnRule } from '../record/column.js'
import type { Bookkeeping } from './define-config.js'
import type { PipelineSource } from './define-pipeline.js'
import type { ParsedLimits, ParsedPolicies } from './policies.js'

/**
 * When a column is written: with every difference, for new rows alone, for new and changed rows, or when the record of a row
 * marked as deleted returns.
 */
export type WriteTiming = 'always' | 'insert' | 'change' | 'return'

/** A column of the target with its rule. */
export interface CompiledColumn {
  /** The property of the drizzle table. */
  readonly property: string
  /** The column's name in the database. */
  readonly name: string
  readonly rule: ColumnRule
  readonly timing: WriteTiming
  /** Turns what the rule answers into what the driver takes, for drizzle's custom types. */
  readonly toDriver: ((value: unknown) => unknown) | undefined
}

/** How records of one shape become rows of one table. */
export interface CompiledMapping {
  /** What the ledger knows it by: `orders`, and for a child `orders/lines`. */
  readonly name: string
  readonly schema: z.ZodType
  /** Empty for a second row of the record above, whose key is that record's. */
  readonly key: readonly string[] | ((record: never) => unknown)
  readonly target: Table
  /** The table's name in the drizzle schema. */
  readonly targetName: string
  readonly columns: readonly CompiledColumn[]
  readonly match: 'every-unique' | readonly (readonly string[])[]
  readonly policies: ParsedPolicies
  /** The columns that carryover keeps, by their names in the database. */
  readonly bookkeeping: Bookkeeping
  readonly children: readonly CompiledChild[]
}

/** Rows that are made from a part of each record. */
export interface CompiledChild extends CompiledMapping {
  /** What messages call it, beside a position: `lines`. */
  readonly label: string
  /** The field of the record above, undefined for that record itself. */
  readonly each: string | undefined
}

/** A pipeline as the engine runs it: every choice made, every name checked. */
export interface CompiledPipeline extends CompiledMapping {
  /** The file, as people know it. */
  readonly file: string
  /** The folder that `source.files` starts from. */
  readonly dir: string
  readonly source: PipelineSource
  readonly filter: ((record: never) => boolean) | undefined
  /** Makes the legacy record that stands for a missing one. */
  readonly stub: ((legacyKey: string) => unknown) | undefined
  readonly limits: ParsedLimits
  /** Where it may run, undefined for everywhere. */
  readonly environments: readonly string[] | undefined
  /** Names of the pipelines it refers to, itself left out. */
  readonly needs: readonly string[]
  /** Properties of the references in a circle of pipelines that are resolved after the pipeline they lead to has run. */
  readonly late: readonly string[]
}
