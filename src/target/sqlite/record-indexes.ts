/**
 * The ledger's records as they are looked up by their row. Without being told, SQLite prefers the primary key, whose first column
 * is the pipeline: it then goes through all records of the pipeline, for each that is asked for.
 */
export const recordsByRow = 'carryover_records indexed by carryover_records_row'

/** The same by the record above. */
export const recordsByParent = 'carryover_records l indexed by carryover_records_parent'
