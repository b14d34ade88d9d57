import type { Failure } from '../target/batch.js'
import type { RunStep } from '../target/history.js'
import type { TargetTable } from '../target/table.js'
import { refusalReason } from './left-alone.js'
import type { PlannedStep } from './plan-step.js'
import type { Undoing } from './undoing.js'

type Refused = ReadonlyMap<string, Failure['code']>

/**
 * Restores, deletes and inserts the rows of a step. What one of them waits for another one may free: those refused are tried
 * again for as long as that gets anywhere. Answers the rows that stay as they are, or away.
 */
export async function takeBackRows(
  undoing: Undoing,
  step: RunStep,
  table: TargetTable,
  planned: PlannedStep,
): Promise<{ kept: ReadonlySet<string> }> {
  const { history } = undoing.batch
  let { restores, deletes, inserts } = planned
  let refused: { restores: Refused; inserts: Refused } = { restores: new Map(), inserts: new Map() }
  for (let before = -1, waiting = 0; waiting !== before;) {
    before = restores.length + deletes.length + inserts.length
    const restoring = await history.restore(table, restores)
    undoing.rows.restored += restores.filter((row) => row.counts && !restoring.has(row.rowKey)).length
    restores = restores.filter((row) => restoring.has(row.rowKey))
    const free = await unreferred(undoing, table, deletes)
    const deleting = await history.delete(table, free)
    undoing.rows.deleted += free.length - deleting.size
    const gone = new Set(free.filter((rowKey) => !deleting.has(rowKey)))
    deletes = deletes.filter((rowKey) => !gone.has(rowKey))
    const inserting = await history.insert(table, inserts)
    undoing.rows.inserted += inserts.length - inserting.size
    inserts = inserts.filter((row) => inserting.has(row.rowKey))
    refused = { restores: restoring, inserts: inserting }
    waiting = restores.length + deletes.length + inserts.length
  }
  for (const { rowKey, values } of restores) {
    const reason = refusalReason(refused.restores.get(rowKey) ?? 'database')
    undoing.left.add({ table: table.name, rowKey, columns: [...values.keys()], reason })
  }
  for (const { rowKey } of inserts) {
    const reason = refusalReason(refused.inserts.get(rowKey) ?? 'database')
    undoing.left.add({ table: table.name, rowKey, columns: [], reason })
  }
  await leaveReferred(undoing, step, table, deletes)
  return { kept: new Set([...deletes, ...inserts.map(({ rowKey }) => rowKey)]) }
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
  { batch, left, later, runIds, isStanding }: Undoing,
  { runId }: RunStep,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<void> {
  if (rowKeys.length === 0) return
  for (const pointing of await batch.history.pointingRuns(table, rowKeys))
    if (pointing > runId && !runIds.includes(pointing) && (await isStanding(pointing))) later.add(pointing)
  const referred = await batch.referredRows(table, rowKeys)
  for (const rowKey of rowKeys)
    left.add({
      table: table.name,
      rowKey,
      columns: [],
      reason: referred.has(rowKey) ? 'referred' : 'refused',
    })
}
