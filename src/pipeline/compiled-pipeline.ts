import type { Table } from 'drizzle-orm'
import type { z } from 'zod'
import type { ColumnRule } from '../record/column.js'
import type { PipelineSource } from './define-pipeline.js'
import type { Limits, ParsedPolicies } from './policies.js'

/** When a column is written: with every difference, for new rows alone, or for new and changed rows. */
export type WriteTiming = 'always' | 'insert' | 'change'

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

/** A pipeline as the engine runs it: every choice made, every name checked. */
export interface CompiledPipeline {
  readonly name: string
  /** The file, as people know it. */
  readonly file: string
  /** The folder that `source.files` starts from. */
  readonly dir: string
  readonly source: PipelineSource
  readonly schema: z.ZodType
  readonly key: readonly string[] | ((record: never) => unknown)
  readonly filter: ((record: never) => boolean) | undefined
  /** Makes the legacy record that stands for a missing one. */
  readonly stub: ((legacyKey: string) => unknown) | undefined
  readonly target: Table
  /** The table's name in the drizzle schema. */
  readonly targetName: string
  readonly columns: readonly CompiledColumn[]
  readonly match: 'every-unique' | readonly (readonly string[])[]
  readonly policies: ParsedPolicies
  readonly limits: Required<Limits>
  /** Names of the pipelines it refers to, itself left out. */
  readonly needs: readonly string[]
  /** Properties of the references in a circle of pipelines that are resolved after the pipeline they lead to has run. */
  readonly late: readonly string[]
}
