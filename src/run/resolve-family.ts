import type { Batch } from '../target/batch.js'
import type { PipelineState } from './pipeline-state.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import { resolveReferences, type Resolution, type Resolving } from './resolve-references.js'

/** Puts the row keys of what they refer to into records and their children; one that cannot go on holds its record back. */
export async function resolveFamily(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  resolving: Resolving,
): Promise<Resolution> {
  let resolution = await resolveReferences(state, batch, records, resolving)
  for (const [kind, child] of state.prepared.children.entries()) {
    const { elements, holders } = elementsOf(resolution.ready, kind)
    const found = await resolveFamily({ ...state, prepared: child }, batch, elements, resolving)
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
      .map((record) => ({ ...record, children: record.children.with(kind, resolved.get(record) ?? []) })),
    rejected: [...above.rejected, ...rejected.values()],
    again: above.again,
    later: [...above.later, ...[...waiting].filter((record) => !rejected.has(record))],
    emptied: [...above.emptied, ...found.emptied],
    stubs: [...above.stubs, ...found.stubs],
    hosts: [...new Set([...above.hosts, ...holdersOf(found.hosts)])],
  }
}
