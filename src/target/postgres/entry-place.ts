/**
 * A join that finds where the entry of each key is, for `r.ctid = place`: one look-up a key. Without statistics the planner takes
 * the records of a pipeline for few, and goes through all of them with each key.
 * @param key an expression of what stands before in the same FROM
 */
export function entryPlace(pipeline: string, key: string): string {
  return `cross join lateral (select l.ctid as place from carryover.records l
                               where l.pipeline = ${pipeline} and l.legacy_key = ${key} offset 0) entry`
}
