import type { Batch, Parking } from '../target/batch.js'
import type { Settled } from './decide-batch.js'
import { groupBy } from './group-by.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { stagedAsMerged } from './staged-of.js'
import { movableKeys } from './survey-deferred.js'

/** How many kinds of values are tried. */
const attempts = 6

/**
 * Frees the values that records of a ring take from each other: their rows hold others for the moment, which nobody sees, since
 * the same transaction writes the right ones. What was parked is written again, changed or not. Where a row takes no other
 * value, everything stays as it is, and the database refuses the ring.
 */
export async function parkValues(
  prepared: PreparedPipeline,
  batch: Batch,
  ring: readonly Settled[],
  runId: number,
): Promise<readonly Settled[]> {
  const parkings = await parkingsOf(prepared, batch, ring)
  const writer = { pipeline: prepared.pipeline.name, runId }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const spares = await batch.spareValues(prepared.table, parkings, attempt)
    if (spares.length < parkings.length || !(await batch.park(writer, prepared.table, spares))) continue
    const parked = groupBy(spares, (spare) => spare.rowKey)
    return ring.map((item) => {
      const { decision } = item
      if (decision.kind !== 'update') return item
      const columns = (parked.get(decision.rowKey) ?? []).map((spare) => spare.column)
      const written = { ...decision, columns: [...new Set([...decision.columns, ...columns])] }
      return { ...item, decision: written, parked: new Set(columns) }
    })
  }
  return ring
}

/** Each value that another record of the ring takes: the row that holds it, and the columns that may change for it. */
async function parkingsOf(
  prepared: PreparedPipeline,
  batch: Batch,
  ring: readonly Settled[],
): Promise<Parking[]> {
  const { table, pipeline } = prepared
  const records = ring.map((item) => item.record)
  const updates = new Map(
    ring.flatMap(({ record, decision }) =>
      decision.kind === 'update' ? [[record.ordinal, decision] as const] : [],
    ),
  )
  const changed = new Map([...updates.values()].map(({ rowKey, columns }) => [rowKey, new Set(columns)]))
  const { hits } = await batch.probe(pipeline.name, movableKeys(prepared), stagedAsMerged(prepared, records))
  const parkings = new Map<string, Parking>()
  for (const { ordinal, rowKey, key } of hits) {
    const own = changed.get(rowKey)
    const live = table.uniqueKeys.find((candidate) => candidate.name === key)
    if (own === undefined || live === undefined || updates.get(ordinal)?.rowKey === rowKey) continue
    const columns = prepared.compared.filter((column) => live.columns.includes(column))
    const byNeed = columns.toSorted((a, b) => Number(own.has(b)) - Number(own.has(a)))
    parkings.set(`${key} ${rowKey}`, { rowKey, key, columns: byNeed })
  }
  return [...parkings.values()]
}
