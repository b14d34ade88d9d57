import { fixedKeys } from '../target/fixed-keys.js'
import { takesPart } from '../target/takes-part.js'
import type { Recall } from '../target/batch.js'
import { encodeBatch, openRecords } from './encode-batch.js'
import type { Mover } from './find-rings.js'
import { groupBy } from './group-by.js'
import { mayMove } from './may-move.js'
import { mergeKnown } from './merge-known.js'
import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy, MappedLegacy } from './records.js'
import { resolveFamily } from './resolve-family.js'
import { stagedAsMerged } from './staged-of.js'
import { noStubs } from './stub-answers.js'

/** A record that waits for the end of the source, beside the rows that hold its values. */
export interface Waiting extends Mover {
  readonly record: MappedLegacy
  /** False: no row is its own yet, and `rowKey` names none. */
  readonly hasRow: boolean
}

/**
 * Who of the waiting records waits for whom. Nobody, where none of them has a row: then no value can change hands.
 * @param waiting in the order that the answer is to have
 */
export async function surveyDeferred(
  state: PipelineState,
  waiting: readonly MappedLegacy[],
  batchRecords: number,
): Promise<Waiting[]> {
  const { prepared, context } = state
  const known: Asked[] = []
  for (const page of pagesOf(waiting, batchRecords)) known.push(await recallSome(state, page))
  if (!known.some(({ open, recall }) => open.some((record) => rowOf(recall, record) !== undefined))) return []
  const fixed = fixedKeys(prepared.table)
  const found: Waiting[] = []
  for (const { open, recall } of known) {
    const { hits } = await context.target.inBatch((batch) =>
      batch.probe(prepared.pipeline.name, movableKeys(prepared), stagedAsMerged(prepared, open)),
    )
    const hitsOf = groupBy(hits, (hit) => hit.ordinal)
    for (const record of open) {
      const row = rowOf(recall, record)
      const own = hitsOf.get(record.ordinal) ?? []
      found.push({
        record,
        ordinal: record.ordinal,
        hasRow: row !== undefined,
        rowKey: row ?? '',
        wants: own.filter((hit) => hit.rowKey !== row),
        keeps: new Set([...fixed, ...own.filter((hit) => hit.rowKey === row).map((hit) => hit.key)]),
      })
    }
  }
  return found
}

/** The unique keys that an update may change or collide with, matched on or not. */
export function movableKeys({ table, columns }: PreparedPipeline): string[] {
  const always = columns.filter((column) => column.timing === 'always').map((column) => column.name)
  return table.uniqueKeys.filter((key) => takesPart(key, always)).map((key) => key.name)
}

interface Asked {
  readonly open: readonly EncodedLegacy[]
  readonly recall: Recall
}

function recallSome(state: PipelineState, records: readonly MappedLegacy[]): Promise<Asked> {
  const { prepared, context } = state
  return context.target.inBatch(async (batch) => {
    const { ready } = await resolveFamily(state, batch, records, {
      final: false,
      mayMove: mayMove(state, records),
      askStubs: noStubs,
    })
    const { encoded } = encodeBatch(prepared, ready)
    const recall = await batch.recall(prepared.pipeline.name, prepared.table, encoded)
    const castable = await openRecords(batch, prepared, encoded, recall)
    const { open } = await mergeKnown(prepared, batch, castable.open, recall)
    return { open, recall }
  })
}

function rowOf(recall: Recall, record: EncodedLegacy): string | undefined {
  const known = recall.known.get(record.ordinal)
  return known !== undefined && known.rowExists && known.role !== 'alias' ? known.rowKey : undefined
}
