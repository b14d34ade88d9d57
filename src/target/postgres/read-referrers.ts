import type { Referrer } from '../table.js'
import type { Session } from './session.js'

/** The foreign keys of all tables that point at this one, by name. */
export async function readReferrers(session: Session, oid: string): Promise<Referrer[]> {
  const rows = await session.query(
    `select case when pg_table_is_visible(c.oid) then c.relname else n.nspname || '.' || c.relname end as "table",
            quote_ident(n.nspname) || '.' || quote_ident(c.relname) as sql,
            (select json_agg(a.attname order by m.position) from unnest(k.conkey) with ordinality m (attnum, position)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = m.attnum)::text as columns,
            (select json_agg(a.attname order by m.position) from unnest(k.confkey) with ordinality m (attnum, position)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = m.attnum)::text as referred,
            coalesce((select json_agg(a.attname order by m.position)
                        from pg_constraint p cross join unnest(p.conkey) with ordinality m (attnum, position)
                        join pg_attribute a on a.attrelid = p.conrelid and a.attnum = m.attnum
                       where p.conrelid = c.oid and p.contype = 'p'), '[]')::text as row_key
       from pg_constraint k
       join pg_class c on c.oid = k.conrelid
       join pg_namespace n on n.oid = c.relnamespace
      where k.confrelid = $1::oid and k.contype = 'f'
      order by k.conname`,
    [oid],
  )
  return rows.map((row) => ({
    table: row['table'] as string,
    sql: row['sql'] as string,
    columns: JSON.parse(row['columns'] as string) as string[],
    referred: JSON.parse(row['referred'] as string) as string[],
    rowKey: JSON.parse(row['row_key'] as string) as string[],
  }))
}
