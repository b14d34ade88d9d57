import type { Phase } from '../record/match-record.js'
import type { Reject } from '../record/reject.js'
import type { Batch, OwnedEntry, Recall } from '../target/batch.js'
import { fixedKeys } from '../target/fixed-keys.js'
import { applyBatch, type AppliedBatch } from './apply-batch.js'
import { carrierOfSettled, type Carrier } from './carrier.js'
import { childOwnerStates } from './child-owner-states.js'
import { decideBatch, type Settled } from './decide-batch.js'
import { openRecords } from './encode-batch.js'
import { encodeColumn } from './encode-record.js'
import { inChild } from './map-family.js'
import { matchChildren } from './match-children.js'
import { freeRows, goneElements, withoutRows } from './gone-elements.js'
import { mergeKnown } from './merge-known.js'
import { parkValues } from './park-values.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type EncodedLegacy, type RejectedLegacy } from './records.js'
import { elementsOf } from './resolve-family.js'
import { removeOffspring } from './remove-entries.js'
import { RoundUndone, type Verdict } from './round-undone.js'
import { stagedAsMerged } from './staged-of.js'
import { twinSiblings, type Twin } from './twin-siblings.js'
import { withoutForeseen } from './without-foreseen.js'

/** What was done for the children of a round. */
export interface ChildrenSettled {
  readonly settled: readonly (Settled & { readonly prepared: PreparedPipeline; readonly root: number })[]
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
  for (const [kind, child] of above.children.entries())
    parts.push(await settleKind(state, batch, child, kind, carriers, phase))
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

async function settleKind(
  state: PipelineState,
  batch: Batch,
  child: PreparedPipeline,
  kind: number,
  carriers: readonly Carrier[],
  phase: Phase,
): Promise<ChildrenSettled> {
  const { pipeline, table } = child
  const { elements, carrierOf } = placed(child, kind, carriers)
  const entries = elements.map((element) =>
    carrierOf(element).moved ? { ...element, fingerprint: '' } : element,
  )
  const recall = await batch.recall(pipeline.name, table, entries)
  const { open: castable, rejected: uncastable } = await openRecords(batch, child, elements, recall)
  const { open } = await mergeKnown(child, batch, castable, recall)
  const found = await batch.probe(pipeline.name, child.keys, stagedAsMerged(child, open))
  const gone = await goneElements(batch, child, elements, carriers)
  const free = freeRows(gone, found, recall)
  const removal = await removeOffspring(
    batch,
    state.context.runId,
    child,
    gone.filter((entry) => !free.has(entry.rowKey)),
  )
  const probe = withoutRows(found, removal)
  const { matches, exchanging } = matchChildren(
    open,
    {
      recall,
      probe,
      ownerState: childOwnerStates(state, child, elements, carriers, phase),
      succeeds: () => 'no',
      lastCounts: false,
      isComing: new Set(),
      fixedKeys: fixedKeys(table),
      deleted: pipeline.policies.deleted,
      phase,
    },
    (element) => carrierOf(element).root.ordinal,
  )
  const { nameOf, runId } = state.context
  await batch.hold(table, heldRows(recall, exchanging))
  const { decided, rejected: refused } = await decideBatch(
    child,
    batch,
    open,
    { matches, recall, compared: new Map() },
    nameOf,
  )
  const { passed, rejected: foreseen } = await withoutForeseen(child, batch, decided)

  const verdicts = new Map<number, Verdict>()
  const judge = (ordinal: number, verdict: Verdict) => {
    const { root } = carrierOf({ ordinal })
    if (verdicts.get(root.ordinal)?.kind !== 'reject') verdicts.set(root.ordinal, verdict)
  }
  const judgeAll = (rejected: readonly RejectedLegacy[]) => {
    for (const { ordinal, reject } of rejected) {
      const { path } = elements[ordinal] as EncodedLegacy
      judge(ordinal, { kind: 'reject', reject: inChild(path, reject) })
    }
  }
  judgeAll([...uncastable, ...refused, ...foreseen])
  const twins = twinSiblings(found, (ordinal) => carrierOf({ ordinal }).root.ordinal)
  judgeAll(
    twins.map((twin) => ({ ...placeOf(elements[twin.ordinal] as EncodedLegacy), reject: twinOf(twin) })),
  )
  open.forEach((element, index) => {
    const match = matches[index]
    if (match?.kind === 'wait') judge(element.ordinal, { kind: match.until === 'batch' ? 'again' : 'later' })
  })
  if (verdicts.size > 0) throw new RoundUndone(verdicts)

  const trading = passed.filter(({ record }) => exchanging.has(record))
  const others = passed.filter(({ record }) => !exchanging.has(record))
  const ready =
    trading.length === 0 ? passed : [...others, ...(await parkValues(child, batch, trading, runId))]
  const applied = await applyBatch(child, batch, runId, ready, recall, phase === 'final')
  judgeAll(applied.rejected)
  for (const element of applied.contested) judge(element.ordinal, { kind: 'later' })
  for (const element of applied.moved) judge(element.ordinal, { kind: 'again', moved: true })
  if (verdicts.size > 0) throw new RoundUndone(verdicts)
  await batch.forget(
    { pipeline: pipeline.name, runId },
    table,
    gone.filter((entry) => free.has(entry.rowKey)).map((entry) => entry.legacyKey),
  )

  const rootOf = new Map(carriers.map((carrier) => [carrier.record.legacyKey, carrier.root.ordinal]))
  const below = await settleChildren(state, batch, child, carriersOf(applied, carrierOf), phase)
  return {
    settled: [
      ...applied.settled.map((item) => ({
        ...item,
        prepared: child,
        root: carrierOf(item.record).root.ordinal,
      })),
      ...below.settled,
    ],
    deleted: [...removal.deleted, ...below.deleted],
    changed: new Set([
      ...applied.settled
        .filter((item) => item.decision.kind !== 'leave')
        .map((item) => carrierOf(item.record).root.ordinal),
      ...removal.removed.map((entry) => rootOf.get(entry.parentKey ?? '') ?? -1),
      ...below.changed,
    ]),
    kept: new Set([
      ...applied.settled
        .filter(({ decision }) => decision.kind === 'leave' && decision.kept.length > 0)
        .map((item) => carrierOf(item.record).root.ordinal),
      ...below.kept,
    ]),
    keptBehind: [...removal.kept.map(() => child.pipeline.name), ...below.keptBehind],
    written: applied.written + below.written,
    notHolding: applied.notHolding + below.notHolding,
  }
}

/** The children of one kind with the keys of the rows above in their columns. */
function placed(child: PreparedPipeline, kind: number, carriers: readonly Carrier[]) {
  const { elements, holders } = elementsOf(
    carriers.map((carrier) => carrier.record),
    kind,
  )
  const byRecord = new Map(carriers.map((carrier) => [carrier.record, carrier]))
  const carrierOf = ({ ordinal }: { readonly ordinal: number }) =>
    byRecord.get(holders[ordinal] as EncodedLegacy) as Carrier
  const above = child.columns.flatMap((column, index) =>
    column.rule.kind === 'parent' ? [{ column, index, levels: column.rule.levels }] : [],
  )
  if (above.length === 0) return { elements, carrierOf }
  return {
    elements: elements.map((element) => {
      const texts = [...element.texts]
      for (const { column, index, levels } of above) {
        const encoded = encodeColumn(column, carrierOf(element).rowKeys[levels - 1])
        texts[index] = 'text' in encoded ? encoded.text : null
      }
      return { ...element, texts }
    }),
    carrierOf,
  }
}

/** The children whose own children are next. */
function carriersOf(applied: AppliedBatch, carrierOf: (element: EncodedLegacy) => Carrier): Carrier[] {
  return applied.settled.flatMap((item) => {
    const above = carrierOf(item.record)
    const own = carrierOfSettled(item, applied.rowKeys, above.root)
    return own === undefined ? [] : [{ ...own, rowKeys: [...own.rowKeys, ...above.rowKeys] }]
  })
}

/** The rows of children that take each other's values: what is parked in between nobody else may change. */
function heldRows(recall: Recall, exchanging: ReadonlySet<EncodedLegacy>): string[] {
  return [...exchanging].flatMap(({ ordinal }) => {
    const known = recall.known.get(ordinal)
    return known?.rowExists === true ? [known.rowKey] : []
  })
}

function twinOf({ key }: Twin): Reject {
  return { code: 'unique_conflict', message: `another element of its record has the same value of ${key}` }
}
