import { familyOf, type PreparedPipeline } from './prepared-pipeline.js'
import type { MappedLegacy } from './records.js'

/** A reference of a record to a record of its own pipeline. */
export interface OwnReference {
  readonly column: number
  readonly to: MappedLegacy
}

/** A function that answers to which of `records` a record refers, by legacy key or by the column that the reference looks up. */
export function ownReferences(
  prepared: PreparedPipeline,
  records: readonly MappedLegacy[],
): (record: MappedLegacy) => OwnReference[] {
  const named = new Map<number, ReadonlyMap<string, MappedLegacy>>()
  for (const [column, parent] of prepared.parents) {
    if (!parent.own) continue
    const by = parent.by === undefined ? undefined : prepared.names.indexOf(parent.by)
    named.set(column, new Map(records.map((record) => [nameOf(record, by), record])))
  }
  if (named.size === 0) return () => []
  return (record) =>
    record.references.flatMap(({ column, legacyKey }) => {
      const to = named.get(column)?.get(legacyKey)
      return to === undefined ? [] : [{ column, to }]
    })
}

function nameOf(record: MappedLegacy, by: number | undefined): string {
  return by === undefined ? record.legacyKey : String(record.values[by])
}

/** A function that answers to which of `records` the elements of a record refer, at whatever depth. */
export function elementReferences(
  prepared: PreparedPipeline,
  records: readonly MappedLegacy[],
): (record: MappedLegacy) => MappedLegacy[] {
  if (!familyOf(prepared).slice(1).some(isReferring)) return () => []
  const named = new Map<string | undefined, ReadonlyMap<string, MappedLegacy>>()
  const namedBy = (by: string | undefined) => {
    const column = by === undefined ? undefined : prepared.names.indexOf(by)
    const known = named.get(by) ?? new Map(records.map((record) => [nameOf(record, column), record]))
    named.set(by, known)
    return known
  }
  const below = (mapping: PreparedPipeline, record: MappedLegacy): MappedLegacy[] =>
    mapping.children.flatMap((child, kind) =>
      (record.children[kind] ?? []).flatMap((element) => [
        ...element.references.flatMap(({ column, legacyKey }) => {
          const parent = child.parents.get(column)
          return parent?.own === true ? (namedBy(parent.by).get(legacyKey) ?? []) : []
        }),
        ...below(child, element),
      ]),
    )
  return (record) => below(prepared, record)
}

function isReferring({ parents }: PreparedPipeline): boolean {
  return [...parents.values()].some(({ own }) => own)
}
