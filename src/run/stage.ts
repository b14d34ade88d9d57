/**
 * What the time of a run goes to. Those of a pipeline, in the order in which a record meets them: `read` (bytes, JSON, and the wait
 * for them), `validate and map`, `encode`, `resolve references`, `look up` (what the ledger knows), `match` (who holds these unique
 * values, what differs, what would be refused), `decide` (what is done of that in the process itself), `apply`, `re-read`,
 * `keep rejects`, `remove`, `commit` (to begin a transaction as well), `verify`.
 */
export type Stage =
  | 'load'
  | 'connect'
  | 'check source'
  | 'lock'
  | 'start'
  | 'check plan'
  | 'catalogue'
  | 'read'
  | 'validate and map'
  | 'encode'
  | 'resolve references'
  | 'look up'
  | 'match'
  | 'decide'
  | 'apply'
  | 're-read'
  | 'keep rejects'
  | 'remove'
  | 'commit'
  | 'verify'
  | 'finish'

/** Whoever idles in one of these does not wait for the database. */
export const withoutDatabase: ReadonlySet<Stage> = new Set<Stage>(['load', 'check source', 'read'])
