/** Why a record was rejected. A closed list: reports, the ledger and other people's scripts read it. */
export type RejectCode =
  | 'invalid_record'
  | 'duplicate_key'
  | 'unknown_enum'
  | 'missing_reference'
  | 'ambiguous'
  | 'duplicate'
  | 'unique_conflict'
  | 'not_null'
  | 'check'
  | 'foreign_key'
  | 'type'
  | 'too_long'
  | 'out_of_range'
  | 'nul_character'
  | 'lone_surrogate'
  | 'edited'
  | 'exists'
  | 'database'

/** A record that cannot go on. It is data: returned, counted and kept, never thrown. */
export interface Reject {
  code: RejectCode
  /** The column of the target; for `invalid_record` the field of the record. */
  column?: string
  /** What was expected and what was found, without the value itself. */
  message: string
}
