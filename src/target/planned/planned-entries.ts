import type { Batch, OwnedEntry, RowOwner } from '../batch.js'
import type { TargetTable } from '../table.js'
import type { Scratch } from './scratch.js'

/** The entries of a child's pipeline that belong to these records when the plan is carried out. */
export async function plannedOffspring(
  real: Batch,
  scratch: Scratch,
  pipeline: string,
  parentKeys: readonly string[],
): Promise<OwnedEntry[]> {
  const known = await real.offspring(pipeline, parentKeys)
  const untouched = known.filter(({ legacyKey }) => scratch.entry(pipeline, legacyKey) === undefined)
  const madeBefore = new Map(
    known.flatMap(({ legacyKey, rowKey, made }) => (made ? [[legacyKey, rowKey]] : [])),
  )
  const planned = parentKeys.flatMap((parentKey) => scratch.offspring(pipeline, parentKey))
  return [
    ...untouched,
    ...planned.map((entry) => ({
      ...entry,
      made: entry.made || madeBefore.get(entry.legacyKey) === entry.rowKey,
    })),
  ]
}

/** Which of these rows records of another pipeline own too when the plan is carried out. */
export async function plannedSharing(
  real: Batch,
  scratch: Scratch,
  pipeline: string,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<Map<string, readonly RowOwner[]>> {
  const known = await real.sharedRows(pipeline, table, rowKeys)
  const shared = new Map<string, readonly RowOwner[]>()
  for (const rowKey of rowKeys) {
    const untouched = (known.get(rowKey) ?? []).filter(
      (owner) => scratch.entry(owner.pipeline, owner.legacyKey) === undefined,
    )
    const planned = scratch.ownersOf(table.name, rowKey).filter((owner) => owner.pipeline !== pipeline)
    if (untouched.length + planned.length > 0) shared.set(rowKey, [...untouched, ...planned])
  }
  return shared
}
