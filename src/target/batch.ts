import type { History } from './history.js'
import type { InsertedFree, Unprobed } from './inserted-free.js'
import type { RejectEntry } from './reject-entry.js'
import type { Referrer, TargetTable } from './table.js'
import type { Applied, Changes, Failure } from './writes.js'
import type { FingerprintNote, Remembered, Untouched } from './untouched.js'

/** A row on its way: canonical text (or null) for each of the columns named beside it. `ordinal` ties answers to it. */
export interface StagedRow {
  readonly ordinal: number
  readonly values: readonly (string | null)[]
}

/** Rows of one shape. */
export interface Staged {
  readonly table: TargetTable
  /** Column names, in the order of `values`. */
  readonly columns: readonly string[]
  readonly rows: readonly StagedRow[]
}

/** What the ledger is asked of a record. */
export interface RecallEntry {
  readonly ordinal: number
  readonly legacyKey: string
  readonly fingerprint: string
  /** What stands for the record as the source has it; `''` where that must not be relied on, undefined where nobody asks. */
  readonly source?: string | undefined
}

/**
 * How a legacy key stands to its row. `deleted`: the row was ours and somebody deleted it; `removed`: the record left the source
 * and its row was marked as deleted; `stub`: it owns the row, which stands for a record that was referred to and is missing.
 */
export type Role = 'owner' | 'alias' | 'deleted' | 'removed' | 'stub'

/** What the ledger knows of a record that is not settled. */
export interface Recalled {
  readonly ordinal: number
  readonly rowKey: string
  readonly role: Role
  /** The mapped record is what it was when it was last applied. */
  readonly sameFingerprint: boolean
  readonly rowExists: boolean
  /** For an alias: the legacy key that owns the row, null when nobody does. */
  readonly owner: string | null
  /** As in `Write`. */
  readonly applied: string | null
}

/** The answer to `recall`: who is settled, who is known otherwise; everybody else is unknown. */
export interface Recall {
  /** Ordinals of owners whose fingerprint is the same and whose row exists. */
  readonly settled: ReadonlySet<number>
  /** Those of them that the source had otherwise when they were settled, where that was asked. */
  readonly renewed: ReadonlySet<number>
  readonly known: ReadonlyMap<number, Recalled>
}

/** The row that a legacy key leads to. */
export interface ResolvedRow {
  readonly rowKey: string
  /** Another legacy key owns the row: the record of this one may still get another row. */
  readonly isAlias: boolean
}

/** A row that holds a unique key of a record. */
export interface Hit {
  readonly ordinal: number
  /** The unique key's name. */
  readonly key: string
  readonly rowKey: string
  /** The legacy key of the asking pipeline that owns the row, null when nobody does. */
  readonly owner: string | null
}

/** Two records of one batch with an equal unique key. */
export interface Collision {
  /** The later one. */
  readonly ordinal: number
  readonly key: string
  /** The first one with that key. */
  readonly firstOrdinal: number
}

/** The answer to `probe`; records that hit and collide with nothing do not appear. */
export interface Probe {
  readonly hits: readonly Hit[]
  readonly collisions: readonly Collision[]
}

/** A column in which a row and a record differ. */
export interface Difference {
  readonly column: string
  /** Canonical text of what the row holds. */
  readonly current: string | null
  /** The same as this engine recognises it again, see `Write.seen`. */
  readonly seen: string | null
}

/** Something the database would refuse, found before it is asked. */
export interface Foreseen {
  readonly ordinal: number
  readonly code: 'check' | 'foreign_key'
  readonly constraint: string
  /** The column, when the constraint reads exactly one. */
  readonly column: string | undefined
}

/** An entry of the ledger whose row may be taken away again. */
export interface OwnedEntry {
  readonly legacyKey: string
  readonly rowKey: string
  readonly fingerprint: string
  readonly role: Role
  /** The row was inserted by carryover, not found. */
  readonly made: boolean
  /** As in `Write`. */
  readonly applied: string | null
  readonly parentKey: string | null
}

/** A record that owns a row. */
export interface RowOwner {
  readonly pipeline: string
  readonly legacyKey: string
}

/** Row keys of rows that are as good as deleted, by the name of their table. */
export type GoneRows = ReadonlyMap<string, ReadonlySet<string>>

/** A row that is to let go of its value of a unique key for the moment. */
export interface Parking {
  readonly rowKey: string
  /** The unique key's name. */
  readonly key: string
  /** The columns of the key that may hold another value, those first that change anyway. */
  readonly columns: readonly string[]
}

/** A value that nobody holds, in a column of a row. */
export interface Spare {
  readonly rowKey: string
  readonly column: string
  readonly value: string | null
}

/** In whose name something is written. */
export interface Writer {
  readonly pipeline: string
  readonly runId: number
}

/** What the ledger is to keep of the values of a record's row. */
export interface AppliedNote {
  readonly legacyKey: string
  readonly applied: string
}

/** The questions and writes of one batch, inside one transaction. */
export interface Batch {
  /**
   * What the ledger knows of these records; one look-up for an unchanged one.
   * @param renews whether it is asked which of the settled ones the source had otherwise
   */
  recall(
    pipeline: string,
    table: TargetTable,
    entries: readonly RecallEntry[],
    renews?: boolean,
  ): Promise<Recall>
  /** Which of these records are what they were when they were settled last, told by what the source has alone. */
  untouched(pipeline: string, table: TargetTable, asked: readonly Remembered[]): Promise<Untouched>
  /** Gives entries another fingerprint, and leaves them as they are otherwise. */
  noteFingerprints(pipeline: string, notes: readonly FingerprintNote[]): Promise<void>
  /** Keeps what was noted of enum values, by the id of that; what is there stays. */
  keepEnumNotes(pipeline: string, notes: ReadonlyMap<string, string>): Promise<void>
  /** Legacy keys of the next entries that `untouched` may call settled, in the order of their bytes. */
  sourced(pipeline: string, page: { after: string | null; limit: number }): Promise<string[]>
  /** `untouched` shall not call these settled until somebody settles them. */
  forgetSources(pipeline: string, legacyKeys: readonly string[]): Promise<void>
  /** Notes in the row of the run that records of a pipeline have another row than they had, or none. */
  noteMoved(writer: Writer): Promise<void>
  /** Legacy key → row, for those whose row exists. */
  resolve(
    pipeline: string,
    table: TargetTable,
    legacyKeys: readonly string[],
  ): Promise<Map<string, ResolvedRow>>
  /** Value of `column` → row key, for the values that exactly one row holds. */
  resolveBy(table: TargetTable, column: string, values: readonly string[]): Promise<Map<string, string>>
  /**
   * Records whose values a type of this engine does not accept, where carryover has no rules of its own for the type; and those
   * that a check or a key raises an error for, instead of an answer.
   */
  uncastable(staged: Staged): Promise<Failure[]>
  /** Which rows hold the unique keys named, and which records of the batch share one. */
  probe(pipeline: string, keys: readonly string[], staged: Staged): Promise<Probe>
  /** In which columns these rows differ from the records, by the database's own types. Rows that are equal do not appear. */
  differences(
    staged: Staged,
    rowKeys: ReadonlyMap<number, string>,
  ): Promise<Map<number, readonly Difference[]>>
  /**
   * Which records break a check or point at no parent. At most one per record, in the order of the catalogue.
   * @param resolved columns whose values were read from the row they point at: their parents need no second look
   */
  foresee(staged: Staged, resolved: ReadonlySet<string>): Promise<Foreseen[]>
  /** Writes all of it in sets; when that fails, record by record on the server, naming those that failed. */
  apply(changes: Changes): Promise<Applied>
  /**
   * Inserts what the database takes without a look at who holds its unique values; the others are missed.
   * Undefined, and nothing is written, when something else is in the way, or when nothing is to be written to it at all.
   */
  insertFree(changes: Changes, how: Unprobed): Promise<InsertedFree | undefined>
  /** Keeps others from changing these rows until the transaction ends. */
  hold(table: TargetTable, rowKeys: readonly string[]): Promise<void>
  /** Corrects what the ledger keeps of the values of rows that hold something else than was written. */
  noteApplied(pipeline: string, notes: readonly AppliedNote[]): Promise<void>
  /** Ordinals of `staged` whose row does not hold these values now. */
  reread(staged: Staged, rowKeys: ReadonlyMap<number, string>): Promise<number[]>
  /**
   * For each parking a value that no other row has and no check refuses; fewer answers where a row takes none.
   * @param attempt how many kinds of values are passed over: 0 at first, more when the database refused those
   */
  spareValues(table: TargetTable, parkings: readonly Parking[], attempt: number): Promise<Spare[]>
  /** Writes these values, to be overwritten in the same transaction. False: the database refused one, and none is written. */
  park(writer: Writer, table: TargetTable, spares: readonly Spare[]): Promise<boolean>
  /** Keeps these rejects; one that is open already is renewed where it differs, and stays with the run that found it. */
  keepRejects(pipeline: string, runId: number, rejects: readonly RejectEntry[]): Promise<void>
  /** The entries of a child's pipeline that belong to these records, by legacy key. */
  offspring(pipeline: string, parentKeys: readonly string[]): Promise<OwnedEntry[]>
  /** The next owners of a pipeline whose row exists, in the order of their legacy keys' bytes. */
  owners(
    pipeline: string,
    table: TargetTable,
    page: { after: string | null; limit: number },
  ): Promise<OwnedEntry[]>
  /** Which of these rows records of another pipeline own too, and those records. */
  sharedRows(
    pipeline: string,
    table: TargetTable,
    rowKeys: readonly string[],
  ): Promise<Map<string, readonly RowOwner[]>>
  /**
   * Which of these rows another row points at.
   * @param gone rows that count as deleted, by the name of their table
   */
  referredRows(table: TargetTable, rowKeys: readonly string[], gone?: GoneRows): Promise<Set<string>>
  /**
   * The rows that point at these by one foreign key, in the order of their own keys' bytes; `''` where they have no primary key.
   * @param asked row → the key of the pointing row to begin after, null for the first
   * @param limit pointing rows for each
   */
  pointingRows(
    table: TargetTable,
    referrer: Referrer,
    asked: ReadonlyMap<string, string | null>,
    limit: number,
  ): Promise<Map<string, readonly string[]>>
  /** Deletes rows and what the ledger has of them; answers the rows that the database would not let go, with their entries. */
  remove(writer: Writer, table: TargetTable, rowKeys: readonly string[]): Promise<Set<string>>
  /** Deletes entries of the ledger and leaves their rows alone. */
  forget(writer: Writer, table: TargetTable, legacyKeys: readonly string[]): Promise<void>
  /** The unique keys of each record as the database compares them, by key and part; null where the key does not take part. */
  keyImages(keys: readonly string[], staged: Staged): Promise<Map<number, readonly (KeyImage | null)[]>>
  /** What is noted of earlier runs, and the writes that take them back. */
  readonly history: History
}

/** A unique key's members as text such that equal keys have equal text; null for a null member. */
export type KeyImage = readonly (string | null)[]
