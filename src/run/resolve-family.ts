import type { Batch } from '../target/batch.js'
import type { PipelineState } from './pipeline-state.js'
import { elementReferences } from './own-references.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import { resolveReferences, type Resolution, type Resolving } from './resolve-references.js'

/** Puts the row keys of what they refer to into records and their children; one that cannot go on holds its record back. */
export async function resolveFamily(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  resolving: Resolving,
): Promise<Resolution> {
  const behind = resolving.final ? behindOthers(state.prepared, records) : new Set<MappedLegacy>()
  if (behind.size === 0) return resolveLevels(state, batch, records, resolving)
  const free = records.filter((record) => !behind.has(record))
  const resolution = await resolveLevels(state, batch, free, resolving)
  return { ...resolution, again: [...resolution.again, ...behind] }
}

/** Records of which an element refers to an earlier one of the batch: also at the end it is written, or refused, first. */
function behindOthers(prepared: PreparedPipeline, records: readonly MappedLegacy[]): Set<MappedLegacy> {
  const elementsReferTo = elementReferences(prepared, records)
  const earlier = new Set<MappedLegacy>()
  const behind = new Set<MappedLegacy>()
  for (const record of records) {
    const isFirstPass = record.completing === undefined
    if (isFirstPass && elementsReferTo(record).some((to) => earlier.has(to))) behind.add(record)
    earlier.add(record)
  }
  return behind
}

async function resolveLevels(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  resolving: Resolving,
): Promise<Resolution> {
  let resolution = await resolveReferences(state, batch, records, resolving)
  for (const [kind, child] of state.prepared.children.entries()) {
    const { elements, holders } = elementsOf(resolution.ready, kind)
    const found = await resolveLevels({ ...state, prepared: child }, batch, elements, resolving)
    resolution = joined(resolution, kind, holders, found)
  }
  return resolution
}

/** All children of one kind, numbered from 0, and the records they belong to. */
export function elementsOf<Family extends { readonly children: readonly (readonly Family[])[] }>(
  records: readonly Family[],
  kind: number,
): { elements: Family[]; holders: Family[] } {
  const holders = records.flatMap((record) => (record.children[kind] ?? []).map(() => record))
  const elements = records
    .flatMap((record) => record.children[kind] ?? [])
    .map((element, ordinal) => ({ ...element, ordinal }))
  return { elements, holders }
}

function joined(
  above: Resolution,
  kind: number,
  holders: readonly MappedLegacy[],
  found: Resolution,
): Resolution {
  const holdersOf = (elements: readonly { ordinal: number }[]) =>
    new Set(elements.map(({ ordinal }) => holders[ordinal] as MappedLegacy))
  const rejected = new Map<MappedLegacy, RejectedLegacy>()
  for (const { ordinal, reject } of found.rejected) {
    const holder = holders[ordinal] as MappedLegacy
    if (!rejected.has(holder)) rejected.set(holder, { ...placeOf(holder), reject })
  }
  // Elements refer to records of the source, not to each other: whoever waits waits for the end.
  const waiting = holdersOf([...found.again, ...found.later])
  const resolved = new Map<MappedLegacy, MappedLegacy[]>()
  for (const element of found.ready) {
    const holder = holders[element.ordinal] as MappedLegacy
    const siblings = resolved.get(holder)
    if (siblings === undefined) resolved.set(holder, [element])
    else siblings.push(element)
  }
  return {
    ready: above.ready
      .filter((record) => !rejected.has(record) && !waiting.has(record))
      .map((record) => {
        const elements = resolved.get(record) ?? []
        const children = record.children.with(kind, elements)
        return elements.some(({ unsure }) => unsure)
          ? { ...record, children, unsure: true }
          : { ...record, children }
      }),
    rejected: [...above.rejected, ...rejected.values()],
    again: above.again,
    later: [...above.later, ...[...waiting].filter((record) => !rejected.has(record))],
    emptied: [...above.emptied, ...found.emptied],
    stubs: [...above.stubs, ...found.stubs],
    hosts: [...new Set([...above.hosts, ...holdersOf(found.hosts)])],
  }
}
