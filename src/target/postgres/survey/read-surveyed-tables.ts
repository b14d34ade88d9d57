import { labelListOf } from '../../label-list.js'
import type { DeleteAction, SurveyedTable } from '../../survey.js'
import { parseColumnType } from '../../value/parse-column-type.js'
import { readAllUniqueKeys } from '../read-unique-keys.js'
import type { Session } from '../session.js'
import { retypableSql } from './retypable-sql.js'
import { calledSql, isOwn, isSurveyed, quotedSql } from './surveyed-schemas.js'

/** What of a table stands in one JSON object of the catalogue query. */
interface Described {
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

/** Every table, by name: partitions are their parents' business, views hold no rows. */
export async function readSurveyedTables(
  session: Session,
  schemas: readonly string[],
): Promise<SurveyedTable[]> {
  const isVisible = 'pg_table_is_visible(c.oid)'
  const rows = await session.query(
    `select c.oid::text as oid, n.nspname as schema,
            ${calledSql('c.relname', isVisible)} as name, ${quotedSql('c.relname', isVisible)} as sql,
            has_schema_privilege(n.oid, 'usage')::text as may_use_schema, row_security_active(c.oid)::text as hides_rows,
            (c.relkind = 'p')::text as partitioned,
            has_table_privilege(c.oid, 'select')::text as may_select,
            (has_table_privilege(c.oid, 'insert') or has_any_column_privilege(c.oid, 'insert'))::text as may_insert,
            (has_table_privilege(c.oid, 'update') or has_any_column_privilege(c.oid, 'update'))::text as may_update,
            has_table_privilege(c.oid, 'delete')::text as may_delete,
            json_build_object('columns', ${columnsSql}, 'constraints', ${constraintsSql}, 'indexes', ${indexesSql})::text as described
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${isSurveyed('$1')} and ${isOwn('c.oid', 'pg_class')}
      order by 3`,
    [schemas],
  )
  const uniqueKeys = await readAllUniqueKeys(
    session,
    rows.map((row) => row['oid'] as string),
  )
  const tables: SurveyedTable[] = []
  for (const row of rows) {
    const { columns, constraints, indexes } = JSON.parse(row['described'] as string) as Described
    const may = (what: string) => row['may_use_schema'] === 'true' && row[`may_${what}`] === 'true'
    const checks = constraints
      .filter(({ kind }) => kind === 'c')
      .map(({ name, columns: read, expression }) => ({
        name,
        columns: read,
        expression: expression as string,
      }))
    const primaryKey = constraints.find(({ kind }) => kind === 'p')
    tables.push({
      name: row['name'] as string,
      sql: row['sql'] as string,
      schema: row['schema'] as string,
      partitioned: row['partitioned'] === 'true',
      columns: columns.map((column) => ({
        name: column.name,
        sql: column.sql,
        declared: column.declared,
        type: parseColumnType(column.declared, column.labels ?? undefined),
        domain: column.domain,
        retypable: column.retypable,
        enumName: column.enum,
        nullable: column.nullable,
        defaultSql: column.generated ? undefined : (column.default ?? undefined),
        identity: column.identity === 'a' ? 'always' : column.identity === 'd' ? 'by default' : undefined,
        generated: column.generated,
        foldsCase: column.folds,
      })),
      primaryKey: primaryKey === undefined ? null : { name: primaryKey.name, columns: primaryKey.columns },
      uniqueKeys: uniqueKeys.get(row['oid'] as string) ?? [],
      foreignKeys: constraints
        .filter(({ kind }) => kind === 'f')
        .map((key) => ({
          name: key.name,
          columns: key.columns,
          parent: key.parent as string,
          parentSql: key.parent_sql as string,
          parentColumns: key.parent_columns as string[],
          onDelete: deleteActions[key.on_delete] as DeleteAction,
          deferrable: key.deferrable,
          definition: key.definition,
          enforced: key.validated,
          notValid: !key.validated && key.is_enforced,
        })),
      checks,
      labelLists: checks.flatMap((check) => labelListOf(check, check.name) ?? []),
      indexes: indexes.map(({ is_constraint, predicate, ...index }) => ({
        ...index,
        isConstraint: is_constraint,
        predicate: predicate ?? undefined,
      })),
      hidesRows: row['hides_rows'] === 'true',
      may: {
        useSchema: row['may_use_schema'] === 'true',
        select: may('select'),
        insert: may('insert'),
        update: may('update'),
        delete: may('delete'),
      },
    })
  }
  return tables
}

/** https://www.postgresql.org/docs/current/catalog-pg-constraint.html, confdeltype */
const deleteActions: Readonly<Record<string, DeleteAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
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
