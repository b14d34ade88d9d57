import type { Session } from '../session.js'
import { isSurveyed } from './surveyed-schemas.js'

/** Tells whether a relation or a type of a schema bears a name, what was surveyed or not: partitions, views, indexes that failed. */
export async function readTakenNames(
  session: Session,
  schemas: readonly string[],
): Promise<(name: string, schema: string) => boolean> {
  const rows = await session.query(
    `select n.nspname as schema, c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${isSurveyed('$1')}
      union
     select n.nspname, t.typname
       from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${isSurveyed('$1')}`,
    [schemas],
  )
  const taken = new Set(rows.map((row) => JSON.stringify([row['schema'], row['name']])))
  return (name, schema) => taken.has(JSON.stringify([schema, name]))
}
