/** The columns of an entry of the ledger, as the journal keeps them: all but pipeline and legacy key. */
export const entryColumns = [
  'target',
  'row_key',
  'fingerprint',
  'role',
  'run_id',
  'step',
  'parent_key',
  'made',
  'applied',
] as const
