import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { reportedColumns } from '../pipeline/reported-columns.js'
import { enumOf } from '../record/enum-of.js'
import type { EnumNote } from '../record/map-record.js'
import type { EnumMatch } from '../record/match-enum.js'
import { hash22 } from '../record/fingerprint.js'
import { shortHash } from '../record/short-hash.js'
import { takenSurroundings } from '../record/surround.js'
import { fingerprintLength } from '../target/fingerprint-text.js'
import { canonicalJson } from '../target/value/canonical-json.js'
import { shownLegacy } from './enum-counts.js'
import { isSensitive } from './is-hidden.js'
import type { ReadLegacy } from './records.js'
import type { Settings } from './settings.js'

/** What stands for the records of a pipeline as its source has them. */
export interface SourceMarks {
  /**
   * 22 characters for a record as it was read, without its enum values: how it is written does not count, nor the order of fields.
   * `''` for what has no canonical text.
   */
  markOf(read: Pick<ReadLegacy, 'value' | 'surroundings'>): string
  /** The same with an id for where its enum values led; `''`, which equals nothing, where there is no room for more of these. */
  withNotes(mark: string, notes: readonly EnumNote[]): string
  /** What these marks noted of enum values and the ledger does not have yet, by id. */
  unsaved(marks: Iterable<string | undefined>): Map<string, string>
  /** The ledger has them by now. */
  saved(ids: Iterable<string>): void
  /** What was noted by an id. */
  notesOf(id: string): EnumNote[]
  /** Whether the ledger may not have the values of an enum's column. */
  isHidden(column: string): boolean
}

/** What is kept of a note: its column, how the value was found, the value and where it led. */
type KeptNote = readonly [column: string, via: EnumMatch['via'], legacy: string | null, value: string | null]

/** More different notes are not kept: a column with so many values is no enum. */
const mostNotes = 10_000

/** @param known what the ledger has noted of enum values, by id */
export function newSourceMarks(
  pipeline: CompiledPipeline,
  { sensitive }: Pick<Settings, 'sensitive'>,
  known: ReadonlyMap<string, string>,
): SourceMarks {
  const texts = new Map(known)
  const inLedger = new Set(known.keys())
  const hidden = new Set(
    reportedColumns(pipeline).flatMap(({ name, column, mapping }) =>
      enumOf(column.rule) !== undefined && isSensitive(mapping, column, sensitive) ? [name] : [],
    ),
  )
  const keptNote = ({ column, match: { via, legacy, value } }: EnumNote): KeptNote =>
    hidden.has(column)
      ? [column, via, legacy === null ? null : shortHash(legacy), null]
      : [column, via, shownLegacy(legacy), value]
  return {
    isHidden: (column) => hidden.has(column),
    markOf: ({ value, surroundings }) => {
      const around = takenSurroundings(pipeline.schema, surroundings)
      const encoded = canonicalJson(around === undefined ? value : [value, around])
      return 'text' in encoded && encoded.text !== null ? hash22(encoded.text) : ''
    },
    withNotes: (mark, notes) => {
      if (notes.length === 0 || mark === '') return mark
      const text = JSON.stringify(notes.map(keptNote))
      const id = shortHash(text)
      if (!texts.has(id) && texts.size < mostNotes) texts.set(id, text)
      return texts.get(id) === text ? mark + id : ''
    },
    unsaved: (marks) => {
      const found = new Map<string, string>()
      for (const mark of marks) {
        const id = mark?.slice(fingerprintLength) ?? ''
        if (id !== '' && !inLedger.has(id)) found.set(id, texts.get(id) as string)
      }
      return found
    },
    saved: (ids) => {
      for (const id of ids) inLedger.add(id)
    },
    notesOf: (id) =>
      (JSON.parse(texts.get(id) ?? '[]') as KeptNote[]).map(([column, via, legacy, value]) => ({
        column,
        match: { via, legacy, value },
      })),
  }
}
