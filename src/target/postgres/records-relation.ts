/** The ledger's records as a `from` item: the table, or nothing at all before the ledger exists (a plan never creates it). */
export function recordsRelation(exists: boolean): string {
  return exists
    ? 'carryover.records'
    : '(select null::text as pipeline, null::text as legacy_key, null::text as row_key, null::text as fingerprint, null::text as role, null::bigint as run_id, null::bigint as step, null::text as target, null::text as parent_key, null::boolean as made, null::text as applied where false)'
}
