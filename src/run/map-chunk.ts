import { joinRejects } from '../record/map-record.js'
import { legacyKeyText } from '../record/legacy-key.js'
import { parseRecord } from '../record/parse-record.js'
import { keyOf, recordKey } from '../record/record-key.js'
import type { Reject } from '../record/reject.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { surround } from '../record/surround.js'
import { countNotes, type EnumCounts } from './enum-counts.js'
import { mapFamily } from './map-family.js'
import type { MappedLegacy, ReadLegacy, RejectedLegacy } from './records.js'
import type { SourceMarks } from './source-marks.js'

/** What became of a chunk of legacy objects before the database is asked anything. */
export interface MappedChunk {
  readonly records: number
  readonly mapped: readonly MappedLegacy[]
  readonly rejected: readonly RejectedLegacy[]
  readonly skipped: number
  /** Their keys, where they have one: the source has these records all the same. */
  readonly skippedKeys: readonly { readonly legacyKey: string; readonly ordinal: number }[]
  /** Where enum values led, those of rejected records too. */
  readonly enums: EnumCounts
  /** Records that were not mapped: they are what they were when they were settled. */
  readonly untouched: readonly UntouchedLegacy[]
}

/** A record that is what it was when it was settled. */
export interface UntouchedLegacy extends ReadLegacy {
  readonly legacyKey: string
}

/** Parses, filters, keys and maps legacy objects. Pure: the same objects give the same chunk. */
export function mapChunk(
  pipeline: CompiledPipeline,
  objects: readonly ReadLegacy[],
  marks?: SourceMarks,
): MappedChunk {
  const mapped: MappedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  const enums: EnumCounts = new Map()
  let skipped = 0
  const skippedKeys: { legacyKey: string; ordinal: number }[] = []
  for (const { ordinal, location, value: raw, surroundings } of objects) {
    const place = { ordinal, location, raw, surroundings }
    const seen = surround(pipeline.schema, raw, surroundings)
    const parsed = parseRecord(pipeline.schema, seen)
    if ('reject' in parsed) {
      rejected.push({ ...place, legacyKey: keyOfRaw(pipeline, parsed.seen), reject: parsed.reject })
      continue
    }
    const kept = keep(pipeline, parsed.record)
    if (kept !== true) {
      if (kept === false) {
        skipped += 1
        const key = keyOf(pipeline.key, parsed.record)
        if (typeof key === 'string') skippedKeys.push({ legacyKey: key, ordinal })
      } else rejected.push({ ...place, legacyKey: keyOfRaw(pipeline, seen), reject: kept })
      continue
    }
    const legacyKey = keyOf(pipeline.key, parsed.record)
    if (typeof legacyKey !== 'string') {
      rejected.push({ ...place, legacyKey: null, reject: legacyKey })
      continue
    }
    const about = { ordinal, location, raw, surroundings, legacyKey, path: '', parentKey: null }
    const result = mapFamily(
      pipeline,
      parsed,
      about,
      marks && ((notes) => marks.withNotes(marks.markOf({ value: raw, surroundings }), notes)),
    )
    if (result.notes.length > 0) countNotes(enums, result.notes)
    if ('rejects' in result) rejected.push({ ...place, legacyKey, reject: joinRejects(result.rejects) })
    else mapped.push(result.mapped)
  }
  return { records: objects.length, mapped, rejected, skipped, skippedKeys, enums, untouched: [] }
}

/** What became of all slices of a batch, in their order. */
export function joinChunks(chunks: readonly MappedChunk[]): MappedChunk {
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const enums: EnumCounts = new Map()
  for (const chunk of chunks)
    for (const [column, { values }] of chunk.enums)
      for (const { match, count } of values.values()) countNotes(enums, [{ column, match }], count)
  return {
    records: chunks.reduce((sum, { records }) => sum + records, 0),
    mapped: chunks.flatMap(({ mapped }) => mapped),
    rejected: chunks.flatMap(({ rejected }) => rejected),
    skipped: chunks.reduce((sum, { skipped }) => sum + skipped, 0),
    skippedKeys: chunks.flatMap(({ skippedKeys }) => skippedKeys),
    enums,
    untouched: chunks.flatMap(({ untouched }) => untouched),
  }
}

function keep(pipeline: CompiledPipeline, record: Readonly<Record<string, unknown>>): boolean | Reject {
  try {
    return pipeline.filter === undefined || pipeline.filter(record as never)
  } catch (error) {
    return { code: 'invalid_record', message: `the filter threw ${(error as Error)?.name ?? 'something'}` }
  }
}

/** The key of an object that no schema has seen, or that its schema refused, where fields tell it. */
export function keyOfRaw(pipeline: Pick<CompiledPipeline, 'key'>, value: unknown): string | null {
  if (typeof pipeline.key === 'function' || typeof value !== 'object' || value === null) return null
  const record = value as Readonly<Record<string, unknown>>
  if (pipeline.key.some((field) => legacyKeyText(record[field]) === undefined)) return null
  return recordKey(pipeline.key, record) ?? null
}
