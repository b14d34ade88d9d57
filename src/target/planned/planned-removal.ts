import type { GoneRows } from '../batch.js'
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
  scratch.saveEntry(pipeline, legacyKey, { rowKey: '', fingerprint: '', role: 'deleted', applied: null })
}

/** True when a row of the plan points at this one. */
export function isPlannedParent(
  scratch: Scratch,
  table: TargetTable,
  rowKey: string,
  gone: GoneRows,
): boolean {
  return table.referrers.some(
    (referrer) =>
      referrer.columns.length === 1 &&
      referrer.referred[0] === table.rowKey[0] &&
      scratch
        .rowsWith(referrer.table, referrer.columns[0] as string, rowKey)
        .some((found) => found !== rowKey && gone.get(referrer.table)?.has(found) !== true),
  )
}

/** The rows of both. */
export function joinGone(one: GoneRows, other: GoneRows): GoneRows {
  const joined = new Map<string, ReadonlySet<string>>(one)
  for (const [table, keys] of other) joined.set(table, new Set([...(joined.get(table) ?? []), ...keys]))
  return joined
}
