import type { SourceLocation } from '../errors.js'
import type { OpenReference } from '../record/map-record.js'
import type { Reject } from '../record/reject.js'
import type { Surroundings } from '../source/raw-record.js'

/** Where a record stands, before anybody has to read it. */
export interface Place {
  readonly ordinal: number
  readonly location: SourceLocation | undefined
}

/** A record as the source gives it. */
export interface ReadLegacy extends Place {
  readonly value: unknown
  /** What is laid over the value before its schema sees it. */
  readonly surroundings: Surroundings
}

/** A record that was parsed and mapped; its references are open. */
export interface MappedLegacy extends Place {
  readonly legacyKey: string
  readonly raw: unknown
  readonly values: readonly unknown[]
  readonly references: readonly OpenReference[]
  /** Where in its record a child stands: `lines[2]`, `lines[2].taxes[0]`; empty for a record itself. */
  readonly path: string
  /** The legacy key of the record that a child belongs to. */
  readonly parentKey: string | null
  /** Elements that become rows of other tables: a list for each child of the pipeline. */
  readonly children: readonly (readonly MappedLegacy[])[]
}

/** A record as the database will see it. */
export interface EncodedLegacy extends MappedLegacy {
  /** Canonical text by column. */
  readonly texts: readonly (string | null)[]
  /** Of the record with all its children. */
  readonly fingerprint: string
  readonly children: readonly (readonly EncodedLegacy[])[]
}

/** A record that cannot go on. */
export interface RejectedLegacy extends Place {
  readonly legacyKey: string | null
  readonly raw: unknown
  readonly reject: Reject
}

/** A place as people read it: `data-samples/users.json:12 (byte 1042)`; for generated records `record 12`. */
export function describePlace(place: Place): string {
  const { location } = place
  return location === undefined
    ? `record ${place.ordinal + 1}`
    : `${location.file}:${location.line} (byte ${location.byte})`
}

/** Which record it is, for its reject. */
export function placeOf(record: MappedLegacy): Omit<RejectedLegacy, 'reject'> {
  return { ordinal: record.ordinal, location: record.location, legacyKey: record.legacyKey, raw: record.raw }
}
