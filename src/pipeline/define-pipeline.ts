import type { Table } from 'drizzle-orm'
import type { z } from 'zod'
import type { Child } from './child.js'
import type { Columns } from './columns/columns.js'
import type { Limits, Policies } from './policies.js'

/** Where the legacy records are. */
export type PipelineSource =
  | {
      /** Path, glob or list, relative to the pipeline file; `-` is standard input. */
      files: string | readonly string[]
      /**
       * JSON Pointer to the array, or to the object whose values are the records (its keys are then `$key`). A step `*` is
       * every element, so that the lists of many elements are one source; the element is the `$parent` of its records.
       */
      at?: string
      /**
       * Default: by the file's extension. `concatenated`: documents one after the other, each a record, or each with the
       * records that `at` names.
       */
      format?: 'json' | 'ndjson' | 'concatenated'
    }
  /** Read record by record: when it fails, what it gave before stays applied. */
  | (() => AsyncIterable<unknown>)

/** What a key may be made of. */
export type KeyValue = string | number | bigint

/** A pipeline file's content. */
export interface PipelineDefinition<
  Name extends string,
  Schema extends z.ZodType<object>,
  Target extends Table,
> {
  /** The pipeline's name in reports, in the ledger and in `reference('name', …)`. Renaming it starts a new ledger. */
  name: Name
  source: PipelineSource
  /** The legacy record; its output is what columns see. */
  record: Schema
  /** What identifies a record across runs: one field, several, or a function. */
  key:
    | (keyof z.output<Schema> & string)
    | readonly (keyof z.output<Schema> & string)[]
    | ((record: z.output<Schema>) => KeyValue | readonly KeyValue[])
  /** False: the record is skipped. */
  filter?: (record: z.output<Schema>) => boolean
  /**
   * The legacy record that stands for one that is missing, made from its legacy key; for references that say
   * `missing: 'stub'`. When the real record comes it takes the row over.
   */
  stub?: (legacyKey: string) => z.input<Schema>
  target: Target
  columns: Columns<z.output<Schema>, Target>
  /** `every-unique` (default), or the unique keys to match on, each by the names of its columns. */
  match?: 'every-unique' | readonly (readonly string[])[]
  /** Nested lists that become rows of other tables, atomic with their record. */
  children?: readonly Child<keyof z.output<Schema> & string>[]
  policies?: Policies
  limits?: Limits
  /**
   * Where it may run: `['development', 'test']`. Elsewhere a plan or a run that it is part of is refused, also where nobody says
   * what the environment is: CARRYOVER_ENVIRONMENT, RAILWAY_ENVIRONMENT_NAME or NODE_ENV. Default: everywhere.
   */
  environments?: readonly string[]
}

const brand = Symbol.for('carryover.pipeline')

/** A defined pipeline: plain data, its types checked. */
export type Pipeline<
  Name extends string = string,
  Schema extends z.ZodType<object> = z.ZodType<object>,
  Target extends Table = Table,
> = Readonly<PipelineDefinition<Name, Schema, Target>>

/** A pipeline whose types no longer matter, as the engine sees it. */
export interface AnyPipeline {
  readonly name: string
  readonly source: PipelineSource
  readonly record: z.ZodType
  readonly key: string | readonly string[] | ((record: never) => unknown)
  readonly filter?: (record: never) => boolean
  readonly stub?: (legacyKey: string) => unknown
  readonly target: Table
  readonly columns: Readonly<Record<string, unknown>>
  readonly match?: 'every-unique' | readonly (readonly string[])[]
  readonly children?: readonly Child[]
  readonly policies?: Policies
  readonly limits?: Limits
  readonly environments?: readonly string[]
}

/** The definition itself, branded so that it is known for a pipeline. Runs nothing. */
export function definePipeline<
  const Name extends string,
  Schema extends z.ZodType<object>,
  Target extends Table,
>(definition: PipelineDefinition<Name, Schema, Target>): Pipeline<Name, Schema, Target> {
  return Object.freeze({ ...definition, [brand]: true })
}

/** True for what `definePipeline` returned, also when another copy of carryover did. */
export function isPipeline(value: unknown): value is AnyPipeline {
  return typeof value === 'object' && value !== null && brand in value
}
