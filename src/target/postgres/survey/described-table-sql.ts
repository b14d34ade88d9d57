import { retypableSql } from './retypable-sql.js'

/** What of a table stands in one JSON object of the catalogue query. */
export interface DescribedTable {
  columns: {
    name: string
    sql: string
    declared: string
    domain: string | null
    labels: string[] | null
    retypable: boolean
    enum: string | null
    nullable: boolean
    default: string | null
    identity: string
    generated: boolean
    folds: boolean
  }[]
  constraints: {
    name: string
    kind: 'p' | 'f' | 'c'
    columns: string[]
    parent: string | null
    parent_sql: string | null
    parent_columns: string[] | null
    on_delete: string
    deferrable: boolean
    definition: string
    validated: boolean
    is_enforced: boolean
    expression: string | null
  }[]
  indexes: {
    name: string
    columns: (string | null)[]
    unique: boolean
    is_constraint: boolean
    predicate: string | null
    method: string
    body: string
  }[]
}

const columnsSql = `(
  select coalesce(json_agg(json_build_object(
           'name', a.attname, 'sql', quote_ident(a.attname),
           'declared', format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid),
                                   case when t.typbasetype = 0 then a.atttypmod else t.typtypmod end),
           'domain', case when t.typbasetype <> 0 then format_type(t.oid, null) end,
           'retypable', ${retypableSql},
           'labels', (select json_agg(l.enumlabel order by l.enumsortorder) from pg_enum l where l.enumtypid in (t.oid, t.typelem)),
           'enum', (select case when pg_type_is_visible(et.oid) then et.typname else en.nspname || '.' || et.typname end
                      from pg_type et join pg_namespace en on en.oid = et.typnamespace
                     where et.oid in (t.oid, t.typelem) and et.typtype = 'e'),
           'nullable', not a.attnotnull and not t.typnotnull, 'default', pg_get_expr(d.adbin, d.adrelid),
           'identity', a.attidentity, 'generated', a.attgenerated <> '',
           'folds', coalesce(not l.collisdeterministic, false) or t.typname = 'citext') order by a.attnum), '[]')
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation l on l.oid = a.attcollation
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`

// A reference to a partitioned table has one more for each partition. `conenforced` exists from Postgres 18 on.
const constraintsSql = `(
  select coalesce(json_agg(json_build_object(
           'name', k.conname, 'kind', k.contype,
           'columns', (select coalesce(json_agg(a.attname order by m.position), '[]') from unnest(k.conkey) with ordinality m (attnum, position)
                         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = m.attnum),
           'parent', case when pg_table_is_visible(p.oid) then p.relname else pn.nspname || '.' || p.relname end,
           'parent_sql', case when pg_table_is_visible(p.oid) then quote_ident(p.relname)
                              else quote_ident(pn.nspname) || '.' || quote_ident(p.relname) end,
           'parent_columns', (select json_agg(a.attname order by m.position) from unnest(k.confkey) with ordinality m (attnum, position)
                                join pg_attribute a on a.attrelid = k.confrelid and a.attnum = m.attnum),
           'on_delete', k.confdeltype, 'validated', k.convalidated, 'deferrable', k.condeferrable,
           'is_enforced', coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true),
           'definition', pg_get_constraintdef(k.oid),
           'expression', pg_get_expr(k.conbin, k.conrelid)) order by k.conname), '[]')
    from pg_constraint k
    left join pg_class p on p.oid = k.confrelid
    left join pg_namespace pn on pn.oid = p.relnamespace
   where k.conrelid = c.oid and k.contype in ('p', 'f', 'c')
     -- A key to a partitioned table is kept a second time for each of its partitions.
     and not (k.contype = 'f' and k.conparentid <> 0))`

const indexesSql = `(
  select coalesce(json_agg(json_build_object(
           'name', ic.relname, 'unique', i.indisunique,
           'is_constraint', exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')),
           'columns', (select json_agg(a.attname order by o)
                         from generate_series(0, i.indnkeyatts - 1) o
                         left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[o] and i.indkey[o] <> 0),
           'predicate', pg_get_expr(i.indpred, i.indrelid), 'method', m.amname,
           'body', (select left(behind, length(behind) - coalesce(length(' WHERE ' || pg_get_expr(i.indpred, i.indrelid)), 0))
                      from pg_get_indexdef(i.indexrelid) d
                      cross join lateral substr(d, strpos(d, ' USING ') + 1) behind)) order by ic.relname), '[]')
    from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_am m on m.oid = ic.relam
   where i.indrelid = c.oid and i.indisvalid)`

/** The SQL of that object, for a table `c` of `pg_class`. */
export const describedTableSql = `json_build_object('columns', ${columnsSql}, 'constraints', ${constraintsSql}, 'indexes', ${indexesSql})`
