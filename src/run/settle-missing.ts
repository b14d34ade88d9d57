import type { Reject } from '../record/reject.js'
import type { PipelineState } from './pipeline-state.js'
import type { Parent, PreparedPipeline } from './prepared-pipeline.js'
import type { MappedLegacy } from './records.js'

/** What becomes of a record whose references do not all lead to a row. */
export type SettledMissing =
  | { readonly reject: Reject }
  /** The columns that wait for a record of the own pipeline. */
  | { readonly waits: readonly number[] }
  | {
      readonly open: ReadonlySet<number>
      readonly emptied: readonly number[]
      /** Columns that ask for a stub. */
      readonly stubs: readonly number[]
    }

/** Nothing is missing. */
export const complete: SettledMissing = { open: new Set(), emptied: [], stubs: [] }

/**
 * Sorts out the references of one record that lead nowhere yet.
 * @param missing column → key
 * @param comes false when nothing that a column refers to will come from the own pipeline any more
 */
export async function settleMissing(
  state: PipelineState,
  record: MappedLegacy,
  missing: ReadonlyMap<number, string>,
  comes: (column: number) => boolean,
): Promise<SettledMissing> {
  const { prepared } = state
  const waits: number[] = []
  const open = new Set<number>()
  const emptied: number[] = []
  const refused: number[] = []
  const stubs: number[] = []
  for (const [column, key] of missing) {
    const parent = prepared.parents.get(column) as Parent
    const isSecond = record.completing !== undefined && (parent.late || parent.own)
    if (isSecond && parent.missing !== 'stub') {
      emptied.push(column)
      if (parent.missing !== 'null') open.add(column)
    } else if (parent.late && !isSecond) {
      if (await mayCome(state, parent, key)) open.add(column)
      else refused.push(column)
    } else if (record.circle?.kind === 'nullable' && record.circle.columns.has(column)) open.add(column)
    else if (
      parent.own &&
      !isSecond &&
      !isRequiredCircle(record, column) &&
      (comes(column) || state.held.has(key))
    )
      waits.push(column)
    else if (parent.missing === 'stub' && !isRequiredCircle(record, column)) stubs.push(column)
    else if (parent.missing === 'reject' || isRequiredCircle(record, column)) refused.push(column)
    else emptied.push(column)
  }
  if (waits.length > 0) return { waits }
  const [first] = refused
  return first === undefined
    ? { open, emptied, stubs }
    : { reject: missingReference(prepared, record, first) }
}

/** False when neither the ledger nor the source of the pipeline it leads to has the key of a late reference. */
async function mayCome({ context }: PipelineState, parent: Parent, key: string): Promise<boolean> {
  if (parent.missing !== 'reject' || parent.by !== undefined || parent.pipeline === undefined) return true
  return (await context.sourceKeysOf(parent.pipeline)).has(key)
}

function isRequiredCircle(record: MappedLegacy, column: number): boolean {
  return record.circle?.kind === 'required' && record.circle.columns.has(column)
}

/** The reject of a record whose stub cannot be made. */
export function missingStub(prepared: PreparedPipeline, column: number, reason: string): Reject {
  const parent = prepared.parents.get(column) as Parent
  return {
    code: 'missing_reference',
    column: prepared.names[column] as string,
    message: `the reference leads nowhere, and the pipeline ${parent.pipeline} can make no stub for it: ${reason}`,
  }
}

function missingReference(prepared: PreparedPipeline, record: MappedLegacy, column: number): Reject {
  return {
    code: 'missing_reference',
    column: prepared.names[column] as string,
    message: isRequiredCircle(record, column)
      ? 'it and the records it refers to refer to each other in a circle, and the column may not be null'
      : `the reference leads nowhere: ${whereTo(prepared.parents.get(column) as Parent)}`,
  }
}

function whereTo(parent: Parent): string {
  return parent.by === undefined
    ? `the pipeline ${parent.pipeline} has no row for it`
    : `no single row of ${parent.table.name} has it as ${parent.by}`
}
