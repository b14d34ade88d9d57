import { keyedValue } from './keyed-value.js'
import { SourceError } from '../../errors.js'
import type { OpenSource } from '../../source/open-source.js'
import type { MemoryBudget } from '../counting/memory-budget.js'
import type { FieldProfile } from '../field/field-profile.js'
import { formatFieldPath } from '../field/field-path.js'
import { type FieldNode, FieldTree } from '../field/field-tree.js'
import { profileField } from '../field/profile-field.js'
import { keyCandidate, rankKeys, type KeyCandidate } from '../relation/key-candidate.js'

/** Longer texts are no keys of anything. */
const LONGEST_REFERENCE = 200

/** A field and what was counted of it. */
export interface ProfiledField {
  profile: FieldProfile
  node: FieldNode
}

/** The records of a source, counted. */
export interface ProfiledRecords {
  records: number
  /** Records that are no objects; they have no fields. */
  notObjects: number
  fields: ProfiledField[]
  /** The best first. */
  keys: KeyCandidate[]
  /** What ended the reading too early. */
  fault: SourceError | undefined
}

/** How a collection is profiled. */
export interface ProfileOptions {
  budget: MemoryBudget
  showValues: boolean
  signal: AbortSignal | undefined
  onRecords(records: number): void
}

/** Reads all records once and counts everything that needs no second look. */
export async function profileCollection(
  source: OpenSource,
  { budget, showValues, signal, onRecords }: ProfileOptions,
): Promise<ProfiledRecords> {
  const tree = new FieldTree(budget)
  let records = 0
  let notObjects = 0
  let fault: SourceError | undefined
  try {
    for await (const chunk of source.chunks(signal)) {
      for (const record of chunk) {
        const value = keyedValue(record)
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) tree.add(value)
        else notObjects += 1
      }
      records += chunk.length
      onRecords(records)
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    fault = error
  }
  const fields = profileFields(tree, showValues)
  return { records, notObjects, fields, keys: findKeys(fields, records), fault }
}

function profileFields(tree: FieldTree, showValues: boolean): ProfiledField[] {
  const fields = Array.from(tree, ({ node, of }) => {
    const [step, ...deeper] = node.steps
    const key = step?.kind === 'key' && deeper.length === 0 ? step.key : null
    const path = formatFieldPath(node.steps)
    return { node, profile: profileField(node.stats, { path, key, of, showValues }) }
  })
  // What the source adds stands behind the fields of the record, though it is what identifies it.
  return fields.toSorted((a, b) => Number(b.profile.key === '$key') - Number(a.profile.key === '$key'))
}

/** The candidates; fields that are none give back the memory that only keys and references need. */
function findKeys(fields: readonly ProfiledField[], records: number): KeyCandidate[] {
  const candidates: KeyCandidate[] = []
  for (const { profile, node } of fields) {
    const { identity } = node.stats
    const candidate = keyCandidate(profile, identity.result, records)
    if (candidate !== undefined) candidates.push(candidate)
    identity.releaseFolded()
    const cannotRefer = profile.instants !== null || (profile.characters?.max ?? 0) > LONGEST_REFERENCE
    if (candidate === undefined && cannotRefer) identity.release()
  }
  return rankKeys(candidates, records)
}
