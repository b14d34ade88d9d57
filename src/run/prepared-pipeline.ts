import type { CompiledColumn, CompiledMapping } from '../pipeline/compiled-pipeline.js'
import type { MissingReference } from '../record/column.js'
import type { TableColumn, TargetTable } from '../target/table.js'

/** A column that is given, with the live column it goes to. */
export interface PreparedColumn extends CompiledColumn {
  /** Its name as JSON, as the ledger's marks have it. */
  readonly quoted: string
  readonly live: TableColumn
  /** Canonical text of what carryover fills in by itself; undefined for what is made from the record. */
  readonly fixed?: string | null
}

/** Where a reference leads. */
export interface Parent {
  /** Undefined for rows that no pipeline imports. */
  readonly pipeline: string | undefined
  readonly table: TargetTable
  /** The referenced table's column to look up, instead of the legacy key. */
  readonly by: string | undefined
  readonly missing: MissingReference
  /** The pipeline refers to its own rows: what is missing may still come. */
  readonly own: boolean
  /** The pipeline it leads to runs later: the column is filled by a second pass. */
  readonly late: boolean
}

/** A pipeline, or a child of one, beside the live table it writes to. */
export interface PreparedPipeline {
  readonly pipeline: CompiledMapping
  readonly table: TargetTable
  readonly columns: readonly PreparedColumn[]
  /** Names of all columns that are given, in order. */
  readonly names: readonly string[]
  /** Names of those whose difference counts: not the row key, not what is for new or changed rows alone. */
  readonly compared: readonly string[]
  readonly isCompared: ReadonlySet<string>
  /** Where those stand that make the fingerprint of a record, and what makes it of their texts. */
  readonly counted: {
    readonly positions: readonly number[]
    readonly fingerprintOf: (texts: readonly (string | null)[]) => string
  }
  /** Prints what the ledger keeps of an inserted row with these texts; columns that are open are left out. */
  readonly insertedMarks: (texts: readonly (string | null)[], open?: ReadonlySet<number>) => string
  /** Unique keys that records are matched on. */
  readonly keys: readonly string[]
  /** Unique keys that it gives all columns of, whether it matches on them or not. */
  readonly givenKeys: readonly string[]
  /** Unique keys the pipeline does not provide, or is told not to match on. */
  readonly unusedKeys: readonly string[]
  /** By index of the column. */
  readonly parents: ReadonlyMap<number, Parent>
  /** Names of the columns that are written with every change, whatever the record says. */
  readonly stamps: readonly string[]
  /** Names of the columns of its table that other pipelines give too. */
  readonly others: ReadonlySet<string>
  readonly children: readonly PreparedPipeline[]
}

/** A pipeline with its children, theirs, and so on. */
export function familyOf(prepared: PreparedPipeline): PreparedPipeline[] {
  return [prepared, ...prepared.children.flatMap(familyOf)]
}

/** What a pipeline and its children refer to. */
export function parentsOf(prepared: PreparedPipeline): Parent[] {
  return familyOf(prepared).flatMap(({ parents }) => [...parents.values()])
}
