import type { Phase } from '../record/match-record.js'
import type { Reject } from '../record/reject.js'
import type { Batch, Difference, OwnedEntry, Recall } from '../target/batch.js'
import { fixedKeys } from '../target/fixed-keys.js'
import { applyBatch, type AppliedBatch } from './apply-batch.js'
import { carrierOfSettled, type Carrier } from './carrier.js'
import { childOwnerStates } from './child-owner-states.js'
import { newChildVerdicts } from './child-verdicts.js'
import { decideBatch, type Settled } from './decide-batch.js'
import { openRecords } from './encode-batch.js'
import { freeRows, goneElements, withoutRows } from './gone-elements.js'
import { matchChildren } from './match-children.js'
import { mergeKnown } from './merge-known.js'
import { parkValues } from './park-values.js'
import type { PipelineState } from './pipeline-state.js'
import { placeChildren, type PlacedChildren } from './place-children.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import { removeOffspring } from './remove-entries.js'
import { stagedAsMerged } from './staged-of.js'
import { twinSiblings, type Twin } from './twin-siblings.js'
import { withoutForeseen } from './without-foreseen.js'

/** What was done for the children of a round. */
export interface ChildrenSettled {
  readonly settled: readonly (Settled & { readonly prepared: PreparedPipeline })[]
  readonly deleted: readonly OwnedEntry[]
  /** Ordinals of the records some of whose children's rows were written or deleted. */
  readonly changed: ReadonlySet<number>
  /** Ordinals of the records some of whose children's columns stayed as somebody had put them. */
  readonly kept: ReadonlySet<number>
  /** Names of the children of which rows stayed although their element is gone, one for each row. */
  readonly keptBehind: readonly string[]
  readonly written: number
  readonly notHolding: number
}

/**
 * Settles the children of records whose rows are written, in the same transaction: those that are gone from their record are
 * deleted, the others matched, decided and written as records are.
 * @throws RoundUndone when a child cannot be settled: then its whole record is not
 */
export async function settleChildren(
  state: PipelineState,
  batch: Batch,
  above: PreparedPipeline,
  carriers: readonly Carrier[],
  phase: Phase,
): Promise<ChildrenSettled> {
  const parts: ChildrenSettled[] = []
  for (const [kind, child] of above.children.entries()) {
    const { own, next } = await settleKind(state, batch, child, kind, carriers, phase)
    parts.push(own, await settleChildren(state, batch, child, next, phase))
  }
  return {
    settled: parts.flatMap((part) => part.settled),
    deleted: parts.flatMap((part) => part.deleted),
    changed: new Set(parts.flatMap((part) => [...part.changed])),
    kept: new Set(parts.flatMap((part) => [...part.kept])),
    keptBehind: parts.flatMap((part) => part.keptBehind),
    written: parts.reduce((sum, part) => sum + part.written, 0),
    notHolding: parts.reduce((sum, part) => sum + part.notHolding, 0),
  }
}

/** Settles the children of one kind; `next`: those whose own children are next. */
async function settleKind(
  state: PipelineState,
  batch: Batch,
  child: PreparedPipeline,
  kind: number,
  carriers: readonly Carrier[],
  phase: Phase,
): Promise<{ own: ChildrenSettled; next: Carrier[] }> {
  const { pipeline, table } = child
  const placed = placeChildren(child, kind, carriers)
  const { elements, carrierOf } = placed
  const recordOf = (element: { readonly ordinal: number }) => carrierOf(element).root.ordinal
  const entries = elements.map((element) =>
    carrierOf(element).moved ? { ...element, fingerprint: '' } : element,
  )
  const recall = await batch.recall(pipeline.name, table, entries)
  const castable = await openRecords(batch, child, elements, recall)
  const { open, differences } = await mergeKnown(child, batch, castable.open, recall)
  const found = await batch.probe(pipeline.name, child.keys, stagedAsMerged(child, open))
  const gone = await goneElements(batch, child, elements, carriers)
  const free = freeRows(gone, found, recall)
  const { nameOf, runId } = state.context
  const removal = await removeOffspring(
    batch,
    runId,
    child,
    gone.filter((entry) => !free.has(entry.rowKey)),
  )
  const { matches, exchanging } = matchChildren(
    open,
    {
      recall,
      probe: withoutRows(found, removal),
      ownerState: childOwnerStates(state, child, elements, carriers, phase),
      succeeds: () => 'no',
      lastCounts: false,
      isComing: new Set(),
      fixedKeys: fixedKeys(table),
      deleted: pipeline.policies.deleted,
      phase,
    },
    recordOf,
  )
  await batch.hold(table, rowsOf(exchanging, recall))
  // What is parked in between cannot be compared with what was read before; and a deletion may set off a trigger.
  const isStale = exchanging.size > 0 || removal.deleted.length > 0
  const compared = isStale ? new Map<number, readonly Difference[]>() : differences
  const decisions = await decideBatch(child, batch, open, { matches, recall, compared }, nameOf)
  const { passed, rejected: foreseen } = await withoutForeseen(child, batch, decisions.decided)

  const verdicts = newChildVerdicts(placed)
  verdicts.reject([...castable.rejected, ...decisions.rejected, ...foreseen])
  verdicts.reject(twinSiblings(found, (ordinal) => recordOf({ ordinal })).map(twinReject))
  open.forEach((element, index) => {
    const match = matches[index]
    if (match?.kind === 'wait') verdicts.judge(element, { kind: match.until === 'batch' ? 'again' : 'later' })
  })
  verdicts.undoRound()

  const trading = passed.filter(({ record }) => exchanging.has(record))
  const others = passed.filter(({ record }) => !exchanging.has(record))
  const ready =
    trading.length === 0 ? passed : [...others, ...(await parkValues(child, batch, trading, runId))]
  const applied = await applyBatch(child, batch, runId, ready, recall, phase === 'final')
  verdicts.reject(applied.rejected)
  for (const element of applied.contested) verdicts.judge(element, { kind: 'later' })
  for (const element of applied.moved) verdicts.judge(element, { kind: 'again', moved: true })
  verdicts.undoRound()
  await batch.forget(
    { pipeline: pipeline.name, runId },
    table,
    gone.filter((entry) => free.has(entry.rowKey)).map((entry) => entry.legacyKey),
  )

  const rootOf = new Map(carriers.map((carrier) => [carrier.record.legacyKey, carrier.root.ordinal]))
  const recordsOf = (items: readonly Settled[]) => items.map((item) => recordOf(item.record))
  const changed = applied.settled.filter(({ decision }) => decision.kind !== 'leave')
  const kept = applied.settled.filter(({ decision }) => decision.kind === 'leave' && decision.kept.length > 0)
  return {
    next: carriersOf(applied, placed),
    own: {
      settled: applied.settled.map((item) => ({ ...item, prepared: child })),
      deleted: removal.deleted,
      changed: new Set([
        ...recordsOf(changed),
        ...removal.removed.map((entry) => rootOf.get(entry.parentKey ?? '') ?? -1),
      ]),
      kept: new Set(recordsOf(kept)),
      keptBehind: removal.kept.map(() => pipeline.name),
      written: applied.written,
      notHolding: applied.notHolding,
    },
  }
}

/** The children whose own children are next. */
function carriersOf(applied: AppliedBatch, { carrierOf }: PlacedChildren): Carrier[] {
  return applied.settled.flatMap((item) => {
    const above = carrierOf(item.record)
    const own = carrierOfSettled(item, applied.rowKeys, above.root)
    return own === undefined ? [] : [{ ...own, rowKeys: [...own.rowKeys, ...above.rowKeys] }]
  })
}

/** The rows of children that take each other's values: what is parked in between nobody else may change. */
function rowsOf(exchanging: ReadonlySet<EncodedLegacy>, { known }: Recall): string[] {
  return [...exchanging].flatMap(({ ordinal }) => {
    const own = known.get(ordinal)
    return own?.rowExists === true ? [own.rowKey] : []
  })
}

function twinReject({ ordinal, key }: Twin): { ordinal: number; reject: Reject } {
  const message = `another element of its record has the same value of ${key}`
  return { ordinal, reject: { code: 'unique_conflict', message } }
}
