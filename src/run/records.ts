import type { SourceLocation } from '../errors.js'
import type { OpenReference } from '../record/map-record.js'
import type { Reject } from '../record/reject.js'
import type { Surroundings } from '../source/raw-record.js'

/** Where a record stands, before anybody has to read it. */
export interface Place {
  readonly ordinal: number
  readonly location: SourceLocation | KeptPlace | undefined
}

/** Where an earlier run met a record that comes from the ledger. */
export interface KeptPlace {
  /** As people read it. */
  readonly at: string
  readonly ordinal: number
  /** What was known of its key. */
  readonly legacyKey: string | null
  /** Of the reject that it was kept with. */
  readonly id: string
}

/** True for the place of a record that comes from the ledger. */
export function isKept(location: Place['location']): location is KeptPlace {
  return location !== undefined && 'at' in location
}

/** A record as the source gives it. */
export interface ReadLegacy extends Place {
  readonly value: unknown
  /** What is laid over the value before its schema sees it. */
  readonly surroundings: Surroundings
}

/**
 * A record that was parsed and mapped; its references are open. Every field is always there: a copy of an object that gains one
 * costs twenty times as much, and records are copied on their way.
 */
export interface MappedLegacy extends Place {
  readonly legacyKey: string
  readonly raw: unknown
  readonly surroundings: Surroundings
  readonly values: readonly unknown[]
  readonly references: readonly OpenReference[]
  /** Where in its record a child stands: `lines[2]`, `lines[2].taxes[0]`; empty for a record itself. */
  readonly path: string
  /** The legacy key of the record that a child belongs to. */
  readonly parentKey: string | null
  /** Elements that become rows of other tables: a list for each child of the pipeline. */
  readonly children: readonly (readonly MappedLegacy[])[]
  readonly circle: Circle | undefined
  /** The second pass of a record that went with open columns: what came of the first. */
  readonly completing: FirstPass | undefined
  /** Columns whose reference is resolved later: they are left as they are. */
  readonly open: ReadonlySet<number> | undefined
  readonly ahead: Ahead | undefined
  /** What stands for it as the source has it, see `SourceMarks`; where nothing is kept of that, undefined. */
  readonly source: string | undefined
  /** Some of what it refers to may still get another row: the second pass asks again. */
  readonly unsure: boolean
}

/** What the database will see of a record if its references lead where `values` says. */
export interface Ahead {
  readonly values: readonly unknown[]
  readonly texts: readonly (string | null)[]
  readonly fingerprint: string
}

/** References of a record that lead back to it, directly or over others, by column; `required`: those that may not be null. */
export type Circle =
  | { readonly kind: 'nullable'; readonly columns: ReadonlySet<number> }
  | { readonly kind: 'required'; readonly columns: ReadonlySet<number> }

/** What came of a record before its open columns are completed. */
export interface FirstPass {
  readonly outcome: 'inserted' | 'updated' | 'unchanged' | 'kept' | 'duplicate' | 'rejected'
  /** The row was there before carryover knew it. */
  readonly adopted: boolean
}

/** A record as the database will see it. */
export interface EncodedLegacy extends MappedLegacy {
  /** Canonical text by column. */
  readonly texts: readonly (string | null)[]
  /** The same with what its row keeps, where the row is known and keeps something. */
  readonly merged: readonly (string | null)[] | undefined
  /** Of the record with all its children. */
  readonly fingerprint: string
  readonly children: readonly (readonly EncodedLegacy[])[]
}

/** A record that cannot go on. */
export interface RejectedLegacy extends Place {
  readonly legacyKey: string | null
  readonly raw: unknown
  readonly surroundings: Surroundings
  readonly reject: Reject
  readonly completing?: FirstPass
}

/** A place as people read it: `data-samples/users.json:12 (byte 1042)`; for generated records `record 12`. */
export function describePlace(place: Place): string {
  const { location } = place
  if (isKept(location)) return location.at
  return location === undefined
    ? `record ${place.ordinal + 1}`
    : `${location.file}:${location.line} (byte ${location.byte})`
}

/** Which record it is, for its reject. */
export function placeOf(record: MappedLegacy): Omit<RejectedLegacy, 'reject'> {
  const { ordinal, location, legacyKey, raw, surroundings, completing } = record
  return {
    ordinal,
    location,
    legacyKey,
    raw,
    surroundings,
    ...(completing === undefined ? {} : { completing }),
  }
}
