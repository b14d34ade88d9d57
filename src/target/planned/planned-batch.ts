import type { Batch, Difference, Foreseen, Hit, Probe, Recalled, Staged } from '../batch.js'
import type { TargetTable } from '../table.js'
import { aliasOwners } from './alias-owners.js'
import { imageText } from './image-text.js'
import type { MadeKeys } from './made-keys.js'
import { plannedApply } from './planned-apply.js'
import { plannedOffspring, plannedSharing } from './planned-entries.js'
import { plannedReferred } from './planned-referrers.js'
import { forgetPlanned, plannedRemoval } from './planned-removal.js'
import type { Scratch } from './scratch.js'

/**
 * The questions and writes of a batch where writes go to the scratch database alone, and every answer of the real one is
 * corrected by what was planned before.
 */
export function plannedBatch(real: Batch, scratch: Scratch, keys: MadeKeys): Batch {
  const probe = (pipeline: string, names: readonly string[], staged: Staged) =>
    plannedProbe(real, scratch, pipeline, names, staged)
  return {
    history: real.history,
    uncastable: (staged) => real.uncastable(staged),
    keyImages: (names, staged) => real.keyImages(names, staged),
    recall: async (pipeline, table, entries) => {
      const recall = await real.recall(pipeline, table, entries)
      const legacyKeys = new Map(entries.map((entry) => [entry.ordinal, entry.legacyKey]))
      const settled = new Set(recall.settled)
      const { renewed } = recall
      const known = new Map<number, Recalled>()
      for (const [ordinal, recalled] of recall.known) {
        const legacyKey = legacyKeys.get(ordinal) as string
        const planned = scratch.entry(pipeline, legacyKey)
        const owner =
          recalled.role === 'alias' || planned?.role === 'alias'
            ? (scratch.owner(pipeline, recalled.rowKey) ?? recalled.owner)
            : recalled.owner
        // A record that lost its row to another one, or an alias of a row whose keys change: it is matched afresh.
        const forgotten = planned !== undefined || scratch.isLoosened(pipeline, recalled.rowKey)
        const role = planned?.role ?? recalled.role
        const sameFingerprint = recalled.sameFingerprint && !(role === 'alias' && forgotten)
        known.set(ordinal, { ...recalled, role, sameFingerprint, owner })
        if (!recalled.rowExists && recalled.role !== 'deleted') scratch.saveLoss(pipeline, legacyKey)
      }
      const owners = await aliasOwners(real, scratch, pipeline, table, entries)
      // A record that is asked for the second time is what the plan made of it.
      for (const { ordinal, legacyKey, fingerprint } of entries) {
        const entry = scratch.entry(pipeline, legacyKey)
        if (entry === undefined) continue
        settled.delete(ordinal)
        known.delete(ordinal)
        const { rowKey, role, applied } = entry
        const sameFingerprint = entry.fingerprint === fingerprint
        const owner =
          role === 'alias' ? (scratch.owner(pipeline, rowKey) ?? owners.get(rowKey) ?? null) : null
        if (role === 'owner' && sameFingerprint) settled.add(ordinal)
        else
          known.set(ordinal, {
            ordinal,
            rowKey,
            role,
            sameFingerprint,
            rowExists: role !== 'deleted',
            owner,
            applied,
          })
      }
      return { settled, renewed, known }
    },
    // A plan looks at every record.
    untouched: async () => ({ settled: new Set(), notes: new Map() }),
    noteFingerprints: async () => undefined,
    keepEnumNotes: async () => undefined,
    sourced: async () => [],
    forgetSources: async () => undefined,
    noteMoved: async () => undefined,
    resolve: async (pipeline, table, legacyKeys) => {
      const rows = await real.resolve(pipeline, table, legacyKeys)
      for (const legacyKey of legacyKeys) {
        const entry = scratch.entry(pipeline, legacyKey)
        if (entry === undefined) continue
        if (entry.role === 'deleted') rows.delete(legacyKey)
        else rows.set(legacyKey, { rowKey: entry.rowKey, isAlias: entry.role === 'alias' })
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
    // Only a database that is written to can tell.
    insertFree: async () => undefined,
    spareValues: (table, parkings, attempt) => real.spareValues(table, parkings, attempt),
    park: async (_, table, spares) => {
      for (const { rowKey, column } of spares) parkKeys(scratch, table, rowKey, column)
      return true
    },
    hold: async () => undefined,
    noteApplied: async () => undefined,
    reread: async () => [],
    keepRejects: async () => undefined,
    offspring: (pipeline, parentKeys) => plannedOffspring(real, scratch, pipeline, parentKeys),
    // Those that the plan has added are in the source, and are not asked for.
    owners: async (pipeline, table, page) =>
      (await real.owners(pipeline, table, page)).map((entry) => {
        const planned = scratch.entry(pipeline, entry.legacyKey)
        return planned === undefined ? entry : { ...entry, role: planned.role }
      }),
    sharedRows: (pipeline, table, rowKeys) => plannedSharing(real, scratch, pipeline, table, rowKeys),
    referredRows: (table, rowKeys, gone = new Map()) => plannedReferred(real, scratch, table, rowKeys, gone),
    pointingRows: (table, referrer, asked, limit) => real.pointingRows(table, referrer, asked, limit),
    remove: async ({ pipeline }, table, rowKeys) => {
      for (const rowKey of rowKeys) plannedRemoval(scratch, pipeline, table, rowKey)
      return new Set()
    },
    forget: async ({ pipeline }, table, legacyKeys) => {
      const rows = await real.resolve(pipeline, table, legacyKeys)
      for (const legacyKey of legacyKeys) {
        if (!rows.has(legacyKey)) scratch.saveLoss(pipeline, legacyKey)
        forgetPlanned(scratch, pipeline, legacyKey)
      }
    },
  }
}

/** A row that holds a spare value answers to none of the keys that read it. */
function parkKeys(scratch: Scratch, table: TargetTable, rowKey: string, column: string): void {
  const keys = table.uniqueKeys.filter((key) => key.columns.includes(column))
  for (const { name } of keys) scratch.saveImage(table.name, name, rowKey, null)
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
  // The first hit may be the one that a reject names.
  const inOrder = hits.toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key))
  return { hits: inOrder, collisions: found.collisions }
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
      return current === undefined || current === row.values[index]
        ? []
        : [{ column, current, seen: current }]
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
