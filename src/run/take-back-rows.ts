import type { Failure } from '../target/writes.js'
import type { RunStep } from '../target/history.js'
import type { TargetTable } from '../target/table.js'
import { refusalReason } from './left-alone.js'
import type { PlannedRestore } from './plan-restores.js'
import type { PlannedStep } from './plan-step.js'
import type { Undoing } from './undoing.js'

type Refused = ReadonlyMap<string, Failure['code']>

/**
 * Restores, deletes and inserts the rows of a step. What one of them waits for another one may free: those refused are tried
 * again for as long as that gets anywhere. Notes those that stay as they are, or away.
 */
export async function takeBackRows(
  undoing: Undoing,
  step: RunStep,
  table: TargetTable,
  planned: PlannedStep,
): Promise<void> {
  const { batch, rows, left } = undoing
  let { restores, deletes, inserts } = planned
  let refused: { restores: Refused; inserts: Refused } = { restores: new Map(), inserts: new Map() }
  for (let before = -1, waiting = 0; waiting !== before;) {
    before = restores.length + deletes.length + inserts.length
    const restoring = await batch.history.restore(table, restores)
    countRestored(
      undoing,
      table,
      restores.filter((row) => !restoring.has(row.rowKey)),
    )
    restores = restores.filter((row) => restoring.has(row.rowKey))
    const free = await unreferred(undoing, table, deletes)
    const deleting = await batch.history.delete(table, free)
    rows.deleted += free.length - deleting.size
    const gone = new Set(free.filter((rowKey) => !deleting.has(rowKey)))
    deletes = deletes.filter((rowKey) => !gone.has(rowKey))
    const inserting = await batch.history.insert(table, inserts)
    rows.inserted += inserts.length - inserting.size
    inserts = inserts.filter((row) => inserting.has(row.rowKey))
    refused = { restores: restoring, inserts: inserting }
    waiting = restores.length + deletes.length + inserts.length
  }
  const refusedRows = [...restores, ...inserts]
  if (refusedRows.length > 0)
    await noteLater(undoing, step, await batch.history.obstructingRuns(table, refusedRows))
  for (const { rowKey, values } of restores) {
    const reason = refusalReason(refused.restores.get(rowKey) ?? 'database')
    left.add({ table: table.name, rowKey, columns: [...values.keys()], reason })
  }
  for (const { rowKey } of inserts) {
    const reason = refusalReason(refused.inserts.get(rowKey) ?? 'database')
    left.add({ table: table.name, rowKey, columns: [], reason })
    left.keepRow(table.name, rowKey)
  }
  await leaveReferred(undoing, step, table, deletes)
}

/** A row that several steps restore counts once. */
function countRestored(
  { rows, restoredAgain }: Undoing,
  table: TargetTable,
  done: readonly PlannedRestore[],
): void {
  for (const { rowKey, counts, again } of done) {
    const id = again ? JSON.stringify([table.name, rowKey]) : undefined
    if (!counts || (id !== undefined && restoredAgain.has(id))) continue
    if (id !== undefined) restoredAgain.add(id)
    rows.restored += 1
  }
}

/** Rows that nobody points at, but for those among them. */
async function unreferred(
  { batch }: Undoing,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<readonly string[]> {
  for (let free = rowKeys; ;) {
    const referred = await batch.referredRows(table, free, new Map([[table.name, new Set(free)]]))
    if (referred.size === 0) return free
    free = free.filter((rowKey) => !referred.has(rowKey))
  }
}

/** Rows that others point at stay; when a later run wrote those others, that run is to be taken back first. */
async function leaveReferred(
  undoing: Undoing,
  step: RunStep,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<void> {
  if (rowKeys.length === 0) return
  const { batch, left } = undoing
  await noteLater(undoing, step, await batch.history.pointingRuns(table, rowKeys))
  const referred = await batch.referredRows(table, rowKeys)
  for (const rowKey of rowKeys) {
    const reason = referred.has(rowKey) ? 'referred' : 'refused'
    left.add({ table: table.name, rowKey, columns: [], reason })
    left.keepRow(table.name, rowKey)
  }
}

/** Of runs that are in the way of a step, those that came later and stand are to be taken back first. */
async function noteLater(
  { later, runIds, isStanding }: Undoing,
  { runId }: RunStep,
  found: readonly number[],
): Promise<void> {
  for (const other of found)
    if (other > runId && !runIds.includes(other) && (await isStanding(other))) later.add(other)
}
