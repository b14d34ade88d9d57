import type { SurveyedEnum } from '../../survey.js'
import type { Session } from '../session.js'
import { calledSql, isOwn, isSurveyed, quotedSql } from './surveyed-schemas.js'

/** Every enum type, by name, with its labels in their order. */
export async function readEnums(session: Session, schemas: readonly string[]): Promise<SurveyedEnum[]> {
  const isVisible = 'pg_type_is_visible(t.oid)'
  const rows = await session.query(
    `with plain as (${plainColumnsSql})
     select ${calledSql('t.typname', isVisible)} as name, ${quotedSql('t.typname', isVisible)} as sql, n.nspname as schema,
            (select coalesce(json_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e where e.enumtypid = t.oid)::text as labels,
            ${dependentsSql}::text as dependents
       from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typtype = 'e' and ${isSurveyed('$1')} and ${isOwn('t.oid', 'pg_type')}
      order by 1`,
    [schemas],
  )
  return rows.map((row) => ({
    name: row['name'] as string,
    sql: row['sql'] as string,
    schema: row['schema'] as string,
    labels: JSON.parse(row['labels'] as string) as string[],
    dependents: JSON.parse(row['dependents'] as string) as string[],
  }))
}

/** The columns of enum types that one `alter column … type` changes, those of partitions among them. */
const plainColumnsSql = `
  select a.atttypid as type, a.attrelid as relation, a.attnum as place
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid and t.typtype = 'e'
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
    join pg_namespace n on n.oid = c.relnamespace
   where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and (c.relispartition or a.attinhcount = 0 and ${isSurveyed('$1')} and ${isOwn('c.oid', 'pg_class')})
     and not exists (select from pg_partitioned_table k where k.partrelid = c.oid and a.attnum = any (k.partattrs::int2[]))`

/** What depends on the type or on its columns, but those columns, their defaults, plain indexes and keys. */
const dependentsSql = `(
  select coalesce(json_agg(distinct pg_describe_object(d.classid, d.objid, d.objsubid)), '[]')
    from (select y.* from pg_depend y where y.refclassid = 'pg_type'::regclass and y.refobjid in (t.oid, t.typarray)
          union all
          select y.* from plain p join pg_depend y on y.refclassid = 'pg_class'::regclass
                                                  and y.refobjid = p.relation and y.refobjsubid = p.place
           where p.type = t.oid) d
    left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
    left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
    left join pg_index i on d.classid = 'pg_class'::regclass and i.indexrelid = d.objid
   where d.deptype in ('n', 'a', 'i')
     and not (d.classid = 'pg_type'::regclass and d.objid = t.typarray)
     and not (d.classid = 'pg_class'::regclass and d.refclassid = 'pg_type'::regclass
              and exists (select from plain p where p.type = t.oid and p.relation = d.objid and p.place = d.objsubid))
     and not exists (select from plain p where p.type = t.oid and p.relation = f.adrelid and p.place = f.adnum)
     and k.contype is distinct from 'p' and k.contype is distinct from 'u' and k.contype is distinct from 'n'
     and not (i.indexrelid is not null and i.indpred is null and i.indexprs is null))`
