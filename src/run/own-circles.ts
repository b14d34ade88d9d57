import { referenceGroups } from '../record/reference-groups.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Circle, MappedLegacy } from './records.js'

/** The references of a source to itself. */
export interface OwnCircles {
  add(record: MappedLegacy): void
  /**
   * The circle a record stands in, undefined for all others. The source alone tells: what is in the target already changes
   * nothing, so that a rerun sees the circles of the first run.
   */
  circleOf(record: MappedLegacy): Circle | undefined
}

interface Reference {
  readonly column: number
  readonly name: string
}

/** No references yet. Only records that refer to their own pipeline are kept. */
export function newOwnCircles(prepared: PreparedPipeline): OwnCircles {
  const own = [...prepared.parents].filter(([, parent]) => parent.own)
  const references = new Map<string, readonly Reference[]>()
  const keys = new Map<number, Map<string, string>>()
  for (const [column, { by }] of own) if (by !== undefined) keys.set(column, new Map())
  const keyOf = ({ column, name }: Reference) => (keys.has(column) ? keys.get(column)?.get(name) : name)

  let circles: ReadonlyMap<string, ReadonlySet<string>> | undefined
  const findCircles = (): Map<string, ReadonlySet<string>> => {
    const groups = referenceGroups([...references.keys()], (key) =>
      (references.get(key) ?? []).flatMap((reference) => keyOf(reference) ?? []),
    )
    return new Map(
      groups
        .filter(({ circle }) => circle)
        .flatMap(({ members }) => {
          const group = new Set(members)
          return members.map((member) => [member, group] as const)
        }),
    )
  }
  return {
    add: (record) => {
      if (own.length === 0) return
      for (const [column, { by }] of own) {
        if (by === undefined) continue
        keys.get(column)?.set(String(record.values[prepared.names.indexOf(by)]), record.legacyKey)
      }
      const found = record.references
        .filter(({ column }) => prepared.parents.get(column)?.own)
        .map(({ column, legacyKey }) => ({ column, name: legacyKey }))
      if (found.length > 0) references.set(record.legacyKey, found)
    },
    circleOf: (record) => {
      circles ??= findCircles()
      const group = circles.get(record.legacyKey)
      if (group === undefined) return undefined
      const within = (references.get(record.legacyKey) ?? []).filter((reference) =>
        group.has(keyOf(reference) ?? ''),
      )
      const required = within.filter(({ column }) => prepared.columns[column]?.live.nullable !== true)
      return required.length === 0
        ? { kind: 'nullable', columns: columnsOf(within) }
        : { kind: 'required', columns: columnsOf(required) }
    },
  }
}

function columnsOf(references: readonly Reference[]): ReadonlySet<number> {
  return new Set(references.map(({ column }) => column))
}
