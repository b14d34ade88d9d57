import type { Check, ForeignKey } from '../table.js'
import type { Session } from './session.js'

/** The foreign keys of a table, by name. */
export async function readForeignKeys(session: Session, oid: string): Promise<ForeignKey[]> {
  const rows = await session.query(
    `select k.conname                     as name,
            k.convalidated::text          as validated,
            p.oid::regclass::text         as parent,
            quote_ident(n.nspname) || '.' || quote_ident(p.relname) as parent_sql,
            (select json_agg(a.attname order by m.position) from unnest(k.conkey) with ordinality m (attnum, position)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = m.attnum)::text as columns,
            (select json_agg(a.attname order by m.position) from unnest(k.confkey) with ordinality m (attnum, position)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = m.attnum)::text as parent_columns
       from pg_constraint k
       join pg_class p on p.oid = k.confrelid
       join pg_namespace n on n.oid = p.relnamespace
      where k.conrelid = $1::oid and k.contype = 'f'
      order by k.conname`,
    [oid],
  )
  return rows.map((row) => ({
    name: row['name'] as string,
    columns: JSON.parse(row['columns'] as string) as string[],
    parent: row['parent'] as string,
    parentSql: row['parent_sql'] as string,
    parentColumns: JSON.parse(row['parent_columns'] as string) as string[],
    enforced: row['validated'] === 'true',
  }))
}

/** The checks of a table that read a column, by name. */
export async function readChecks(session: Session, oid: string): Promise<Check[]> {
  const rows = await session.query(
    `select k.conname                          as name,
            pg_get_expr(k.conbin, k.conrelid)  as expression,
            (select json_agg(a.attname order by a.attnum) from pg_attribute a
              where a.attrelid = k.conrelid and a.attnum = any (k.conkey))::text as columns
       from pg_constraint k
      where k.conrelid = $1::oid and k.contype = 'c' and k.conkey is not null
      order by k.conname`,
    [oid],
  )
  return rows.map((row) => ({
    name: row['name'] as string,
    expression: row['expression'] as string,
    columns: JSON.parse(row['columns'] as string) as string[],
  }))
}
