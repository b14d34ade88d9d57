import type { Session } from '../session.js'

/**
 * Relations that can be read like tables and are none of a survey's: views, foreign tables, partitions and what extensions have
 * brought along. Those on the search path by their bare name as well: `old_users`, `public.old_users`.
 */
export async function readLookalikes(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.query(
    `select c.relname::text as name, n.nspname::text as schema, pg_table_is_visible(c.oid)::text as is_visible
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where (c.relkind in ('v', 'm', 'f')
             or c.relkind in ('r', 'p')
                and (c.relispartition or n.nspname in ('pg_catalog', 'carryover', 'drizzle')
                     or exists (select from pg_depend e
                                 where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')))`,
  )
  return new Set(
    rows.flatMap((row) => [
      `${row['schema']}.${row['name']}`,
      ...(row['is_visible'] === 'true' ? [row['name'] as string] : []),
    ]),
  )
}
