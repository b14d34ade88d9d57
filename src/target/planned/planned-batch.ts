import type { Batch, Difference, Foreseen, Hit, Probe, Recalled, Staged } from '../batch.js'
import { imageText } from './image-text.js'
import type { MadeKeys } from './made-keys.js'
import { plannedApply } from './planned-apply.js'
import type { Scratch } from './scratch.js'

/**
 * The questions and writes of a batch where writes go to the scratch database alone, and every answer of the real one is
 * corrected by what was planned before.
 */
export function plannedBatch(real: Batch, scratch: Scratch, keys: MadeKeys): Batch {
  const probe = (pipeline: string, names: readonly string[], staged: Staged) =>
    plannedProbe(real, scratch, pipeline, names, staged)
  return {
    uncastable: (staged) => real.uncastable(staged),
    keyImages: (names, staged) => real.keyImages(names, staged),
    recall: async (pipeline, table, entries) => {
      const recall = await real.recall(pipeline, table, entries)
      const legacyKeys = new Map(entries.map((entry) => [entry.ordinal, entry.legacyKey]))
      const settled = new Set(recall.settled)
      const known = new Map<number, Recalled>()
      for (const [ordinal, recalled] of recall.known) {
        const owner =
          recalled.role === 'alias'
            ? (scratch.owner(pipeline, recalled.rowKey) ?? recalled.owner)
            : recalled.owner
        known.set(ordinal, { ...recalled, owner })
        if (!recalled.rowExists && recalled.role !== 'deleted')
          scratch.saveLoss(pipeline, legacyKeys.get(ordinal) as string)
      }
      // A record that is asked for the second time is what the plan made of it.
      for (const { ordinal, legacyKey, fingerprint } of entries) {
        const entry = scratch.entry(pipeline, legacyKey)
        if (entry === undefined) continue
        settled.delete(ordinal)
        known.delete(ordinal)
        const { rowKey, role } = entry
        const sameFingerprint = entry.fingerprint === fingerprint
        const owner = role === 'alias' ? (scratch.owner(pipeline, rowKey) ?? null) : null
        if (role === 'owner' && sameFingerprint) settled.add(ordinal)
        else
          known.set(ordinal, { ordinal, rowKey, role, sameFingerprint, rowExists: role !== 'deleted', owner })
      }
      return { settled, known }
    },
    resolve: async (pipeline, table, legacyKeys) => {
      const rows = await real.resolve(pipeline, table, legacyKeys)
      for (const legacyKey of legacyKeys) {
        const entry = scratch.entry(pipeline, legacyKey)
        if (entry !== undefined && entry.role !== 'deleted') rows.set(legacyKey, entry.rowKey)
      }
      return rows
    },
    resolveBy: async (table, column, values) => {
      const rows = await real.resolveBy(table, column, values)
      for (const value of values) {
        const planned = new Set(scratch.rowsWith(table.name, column, value))
        const found = rows.get(value)
        const moved = found !== undefined && column in (scratch.row(table.name, found) ?? {})
        if (found !== undefined && !moved) planned.add(found)
        rows.delete(value)
        if (planned.size === 1) rows.set(value, [...planned][0] as string)
      }
      return rows
    },
    probe,
    differences: (staged, rowKeys) => plannedDifferences(real, scratch, staged, rowKeys),
    foresee: async (staged, resolved) =>
      (await real.foresee(staged, resolved)).filter((item) => !hasPlannedParent(scratch, staged, item)),
    apply: (changes) => plannedApply(real, scratch, keys, probe, changes),
    reread: async () => [],
    keepRejects: async () => undefined,
  }
}

async function plannedProbe(
  real: Batch,
  scratch: Scratch,
  pipeline: string,
  keys: readonly string[],
  staged: Staged,
): Promise<Probe> {
  const found = await real.probe(pipeline, keys, staged)
  const images = await real.keyImages(keys, staged)
  const { name } = staged.table
  const hits: Hit[] = []
  for (const hit of found.hits) {
    // A row that the plan has written answers by its planned keys, below.
    if (scratch.image(name, hit.key, hit.rowKey) !== undefined) continue
    hits.push({ ...hit, owner: scratch.owner(pipeline, hit.rowKey) ?? hit.owner })
  }
  for (const [ordinal, own] of images) {
    own.forEach((image, index) => {
      if (image === null) return
      const key = keys[index] as string
      for (const rowKey of scratch.rowsWithImage(name, key, imageText(image))) {
        hits.push({ ordinal, key, rowKey, owner: scratch.owner(pipeline, rowKey) ?? null })
      }
    })
  }
  return { hits, collisions: found.collisions }
}

async function plannedDifferences(
  real: Batch,
  scratch: Scratch,
  staged: Staged,
  rowKeys: ReadonlyMap<number, string>,
): Promise<Map<number, readonly Difference[]>> {
  const differences = await real.differences(staged, rowKeys)
  for (const row of staged.rows) {
    const rowKey = rowKeys.get(row.ordinal)
    const held = rowKey === undefined ? undefined : scratch.row(staged.table.name, rowKey)
    if (held === undefined) continue
    const others = (differences.get(row.ordinal) ?? []).filter((difference) => !(difference.column in held))
    const planned = staged.columns.flatMap((column, index) => {
      const current = held[column]
      return current === undefined || current === row.values[index] ? [] : [{ column, current }]
    })
    const all = [...others, ...planned]
    if (all.length === 0) differences.delete(row.ordinal)
    else differences.set(row.ordinal, all)
  }
  return differences
}

function hasPlannedParent(scratch: Scratch, staged: Staged, item: Foreseen): boolean {
  if (item.code !== 'foreign_key') return false
  const key = staged.table.foreignKeys.find((candidate) => candidate.name === item.constraint)
  const row = staged.rows.find((candidate) => candidate.ordinal === item.ordinal)
  if (key === undefined || row === undefined) return false
  const candidates = key.columns.map((column, index) => {
    const value = row.values[staged.columns.indexOf(column)] ?? ''
    return scratch.rowsWith(key.parent, key.parentColumns[index] as string, value)
  })
  return (candidates[0] ?? []).some((rowKey) => candidates.every((rows) => rows.includes(rowKey)))
}
