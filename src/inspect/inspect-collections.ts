import type { SourceError } from '../errors.js'
import { openSource, type OpenSource } from '../source/open-source.js'
import type { CollectionProfile } from './collection/collection-profile.js'
import type { Collection } from './collection/find-collections.js'
import { lookAgain, type ReferenceProfile, type SecondLook } from './collection/look-again.js'
import { profileCollection, type ProfiledRecords } from './collection/profile-collection.js'
import { formatFieldPath } from './field/field-path.js'
import type { FieldProfile } from './field/field-profile.js'
import { MemoryBudget } from './counting/memory-budget.js'
import { choosePairs } from './relation/choose-pairs.js'
import { findReferences } from './relation/find-references.js'
import { isKey, rankKeys, type KeyCandidate } from './relation/key-candidate.js'

/** For the values of all fields that are counted exactly; beyond it counts are estimated. */
const HASH_BYTES = 96 * 1024 * 1024
const PAIRS_SHOWN = 3

/** How far the first reading of a collection is. */
export interface InspectProgress {
  collection: string
  /** 1-based. */
  index: number
  records: number
  bytesRead: number
  totalBytes: number | undefined
}

/** How collections are inspected. */
export interface InspectSettings {
  cwd: string
  showValues: boolean
  signal: AbortSignal | undefined
  onProgress(progress: InspectProgress): void
}

interface Reading {
  collection: Collection
  source: OpenSource
  profiled: ProfiledRecords
}

/**
 * Reads every collection, once for its fields and where needed once more for references and pairs, and tells what they
 * hold. Memory is bounded by `HASH_BYTES` and by the number of fields, whatever the size of the files.
 */
export async function inspectCollections(
  collections: readonly Collection[],
  settings: InspectSettings,
): Promise<{ profiles: CollectionProfile[]; faults: SourceError[] }> {
  const budget = new MemoryBudget(HASH_BYTES)
  const readings: Reading[] = []
  for (const [index, collection] of collections.entries()) {
    readings.push(await readOnce(collection, index, settings, budget))
  }
  const named = readings.map(({ collection: { name }, profiled }) => ({ name, profiled }))
  const profiles: CollectionProfile[] = []
  for (const [index, reading] of readings.entries()) {
    const references = findReferences(named[index]!, named)
    profiles.push(await finish(reading, { references, pairs: pairsOf(reading.profiled) }, settings, budget))
  }
  return {
    profiles,
    faults: readings.flatMap(({ profiled: { fault } }) => (fault === undefined ? [] : [fault])),
  }
}

async function readOnce(
  collection: Collection,
  index: number,
  { cwd, showValues, signal, onProgress }: InspectSettings,
  budget: MemoryBudget,
): Promise<Reading> {
  const { files, at, format, name } = collection
  const definition = { files, format, ...(at !== '' && { at }) }
  const source = await openSource(definition, { baseDir: cwd, displayDir: cwd })
  const { totalBytes } = source
  const onRecords = (records: number): void =>
    onProgress({ collection: name, index: index + 1, records, bytesRead: source.bytesRead(), totalBytes })
  const profiled = await profileCollection(source, { budget, showValues, signal, onRecords })
  return { collection, source, profiled }
}

function pairsOf({ fields, keys, records }: ProfiledRecords): [string, string][] {
  if (keys.some((key) => isKey(key, records))) return []
  return choosePairs(
    fields.map(({ profile }) => profile),
    records,
  )
}

async function finish(
  { collection, source, profiled }: Reading,
  look: SecondLook,
  { showValues, signal }: InspectSettings,
  budget: MemoryBudget,
): Promise<CollectionProfile> {
  const { name, files, at, format } = collection
  const { records, notObjects, fields, keys, fault } = profiled
  const read = source.files()
  const isNeeded = look.references.length + look.pairs.length > 0
  const second = isNeeded
    ? await lookAgain(source, look, { budget, showValues, signal })
    : { references: [], pairs: [] }
  return {
    name,
    source: { files, at, format, read },
    complete: fault === undefined,
    records,
    notObjects,
    fields: fields.map(({ profile }) => withoutKeys(profile, keys, second.references)),
    keys: rankKeys([...ownKeys(keys, second.references, records), ...bestPairs(second.pairs)], records),
    references: second.references,
  }
}

/** Pairs that are different in every record, or else the one that comes closest. */
function bestPairs(pairs: readonly KeyCandidate[]): KeyCandidate[] {
  const ordered = pairs.toSorted((a, b) => a.duplicates - b.duplicates)
  const unique = ordered.filter(({ duplicates }) => duplicates === 0)
  return (unique.length > 0 ? unique : ordered.slice(0, 1)).slice(0, PAIRS_SHOWN)
}

/** What refers to another record, and not every record does, does not identify its own. */
function ownKeys(
  keys: readonly KeyCandidate[],
  references: readonly ReferenceProfile[],
  records: number,
): KeyCandidate[] {
  const refers = new Set(references.map(({ path }) => path))
  return keys.filter(
    (key) => isKey(key, records) || !refers.has(formatFieldPath([{ kind: 'key', key: key.fields[0]! }])),
  )
}

/** What identifies records, here or elsewhere, is no name of a value, however few there are. */
function withoutKeys(
  field: FieldProfile,
  keys: readonly KeyCandidate[],
  references: readonly ReferenceProfile[],
): FieldProfile {
  const identifies = keys.some(({ fields: [name] }) => name === field.key)
  return identifies || references.some(({ path }) => path === field.path) ? { ...field, values: null } : field
}
