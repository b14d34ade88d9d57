import type { Role } from './batch.js'
import type { TargetTable } from './table.js'

/** What is to be done for one record: row and ledger entry together, or neither. */
export interface Write {
  readonly ordinal: number
  /** `insert` a row, `update` the `changed` columns of `rowKey`, or `link`: the ledger alone. */
  readonly action: 'insert' | 'update' | 'link'
  readonly legacyKey: string
  /** See `joinFingerprint`. */
  readonly fingerprint: string
  readonly role: Role
  /** The ledger has an entry for the legacy key already. */
  readonly known: boolean
  /** The row; null for an insert. */
  readonly rowKey: string | null
  /** In the order of `Changes.columns`. */
  readonly values: readonly (string | null)[]
  /** For an update: which of `Changes.columns` are written. */
  readonly changed: ReadonlySet<string>
  /** For an update: what the row held when it was read. Where it holds something else by now, nothing is written. */
  readonly seen: ReadonlyMap<string, string | null>
  /** The legacy key that owned the row until now and becomes an alias of it. */
  readonly formerOwner: string | null
  /** The legacy key of the record that this child belongs to, null for what is no child. */
  readonly parentKey: string | null
  /** What the ledger keeps of the values that were applied, null when none were: see `printMarks`. */
  readonly applied: string | null
}

/** One batch of writes of a pipeline. */
export interface Changes {
  readonly pipeline: string
  readonly runId: number
  readonly table: TargetTable
  readonly columns: readonly string[]
  /** Those of `columns` whose values are read back. */
  readonly compared: readonly string[]
  readonly writes: readonly Write[]
}

/** The database's refusal of one record, translated. */
export interface Failure {
  readonly ordinal: number
  readonly code:
    | 'unique_conflict'
    | 'not_null'
    | 'check'
    | 'foreign_key'
    | 'type'
    | 'too_long'
    | 'out_of_range'
    | 'database'
  readonly constraint: string | undefined
  readonly column: string | undefined
  /** SQLSTATE or the engine's own code, for `database`. */
  readonly nativeCode: string | undefined
}

/** What `apply` did. */
export interface Applied {
  /** Row keys of the records that were inserted or updated, by ordinal. */
  readonly rowKeys: ReadonlyMap<number, string>
  readonly failures: readonly Failure[]
  /** Records whose row holds something else than it was read with: nothing was written, they are to be decided anew. */
  readonly moved: ReadonlySet<number>
  /** Inserted records whose row was read back already, and holds what was given. */
  readonly holding: ReadonlySet<number>
}
