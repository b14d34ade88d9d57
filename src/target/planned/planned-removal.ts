import type { TargetTable } from '../table.js'
import type { Scratch } from './scratch.js'

/** Takes a row out of what later questions of the plan see. */
export function plannedRemoval(scratch: Scratch, pipeline: string, table: TargetTable, rowKey: string): void {
  scratch.removeRow(
    table.name,
    rowKey,
    table.columns.map((column) => column.name),
    table.uniqueKeys.map((key) => key.name),
  )
  const owner = scratch.owner(pipeline, rowKey)
  if (owner !== undefined) forgetPlanned(scratch, pipeline, owner)
}

/** The ledger's entry as if it were deleted. */
export function forgetPlanned(scratch: Scratch, pipeline: string, legacyKey: string): void {
  scratch.saveEntry(pipeline, legacyKey, {
    table: '',
    rowKey: '',
    fingerprint: '',
    role: 'deleted',
    made: false,
    applied: null,
    parentKey: null,
  })
}
