import type { Match } from '../record/match-record.js'
import type { Probe } from '../target/batch.js'
import { groupBy } from './group-by.js'
import { matchBatch, type BatchEvidence } from './match-batch.js'
import type { EncodedLegacy } from './records.js'

/**
 * Matches the children of a batch. Those of one record may take each other's unique values, since they are written together:
 * a list that was put into another order, with its positions unique. `exchanging`: those that do.
 */
export function matchChildren(
  elements: readonly EncodedLegacy[],
  evidence: BatchEvidence,
  recordOf: (element: EncodedLegacy) => number,
): { matches: Match[]; exchanging: ReadonlySet<EncodedLegacy> } {
  const matches = matchBatch(elements, evidence)
  const held = new Set(
    elements.filter((_, index) => isHeld(matches[index])).map((element) => recordOf(element)),
  )
  const exchanging = new Set<EncodedLegacy>()
  if (held.size === 0) return { matches, exchanging }
  const places = new Map(elements.map((element, index) => [element, index]))
  for (const [record, siblings] of groupBy(elements, recordOf)) {
    if (!held.has(record)) continue
    const own = matchBatch(siblings, { ...evidence, probe: probeOf(siblings, evidence), phase: 'exchanging' })
    if (own.some(isHeld)) continue
    siblings.forEach((element, index) => {
      matches[places.get(element) as number] = own[index] as Match
      exchanging.add(element)
    })
  }
  return { matches, exchanging }
}

/** What was found of one record's children; what a new one wants of a row that gives it up, it will find free. */
function probeOf(siblings: readonly EncodedLegacy[], { probe, recall }: BatchEvidence): Probe {
  const ordinals = new Set(siblings.map((element) => element.ordinal))
  const hits = probe.hits.filter(({ ordinal }) => ordinals.has(ordinal))
  const ownerOf = new Map(
    siblings.flatMap(({ ordinal }) => {
      const known = recall.known.get(ordinal)
      return known === undefined ? [] : [[known.rowKey, ordinal] as const]
    }),
  )
  const stays = new Set(
    hits.filter((hit) => ownerOf.get(hit.rowKey) === hit.ordinal).map((hit) => `${hit.key} ${hit.rowKey}`),
  )
  return {
    hits: hits.filter(
      ({ ordinal, key, rowKey }) =>
        recall.known.has(ordinal) || !ownerOf.has(rowKey) || stays.has(`${key} ${rowKey}`),
    ),
    collisions: probe.collisions.filter(
      ({ ordinal, firstOrdinal }) => ordinals.has(ordinal) && ordinals.has(firstOrdinal),
    ),
  }
}

function isHeld(match: Match | undefined): boolean {
  return match?.kind === 'wait' || match?.kind === 'conflict' || match?.kind === 'ambiguous'
}
