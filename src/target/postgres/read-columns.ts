import type { TableColumn } from '../table.js'
import { parseColumnType } from '../value/parse-column-type.js'
import { quoteName, quoteText } from './quote.js'
import type { Session } from './session.js'

/** The columns of a table in their order. @param properties column name → property of the drizzle table */
export async function readColumns(
  session: Session,
  oid: string,
  table: string,
  properties: ReadonlyMap<string, string>,
): Promise<TableColumn[]> {
  const rows = await session.query(
    `select a.attname                                                     as name,
            format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid),
                        case when t.typbasetype = 0 then a.atttypmod else t.typtypmod end) as type,
            tn.nspname                                                    as type_schema,
            t.typname                                                     as type_name,
            (not a.attnotnull)::text                                      as nullable,
            pg_get_expr(d.adbin, d.adrelid)                               as default_sql,
            a.attgenerated::text                                          as generated,
            a.attidentity::text                                           as identity,
            pg_get_serial_sequence($2, a.attname)                         as sequence,
            (coalesce(not c.collisdeterministic, false) or t.typname = 'citext')::text as folds_case,
            case when c.oid is not null and c.collname <> 'default'
                 then quote_ident(cn.nspname) || '.' || quote_ident(c.collname) end as collation,
            (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e
              where e.enumtypid in (t.oid, t.typelem))::text              as labels
       from pg_attribute a
       join pg_type t on t.oid = a.atttypid
       join pg_namespace tn on tn.oid = t.typnamespace
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       left join pg_collation c on c.oid = a.attcollation
       left join pg_namespace cn on cn.oid = c.collnamespace
      where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
    [oid, table],
  )
  return rows.map((row) => {
    const generated = row['generated'] !== ''
    const identity = row['identity'] === 'a' ? 'always' : row['identity'] === 'd' ? 'by default' : undefined
    const draws =
      identity === undefined || row['sequence'] === null
        ? undefined
        : `nextval(${quoteText(row['sequence'] as string)}::regclass)`
    const labels = row['labels'] === null ? undefined : (JSON.parse(row['labels'] as string) as string[])
    const cast = `${quoteName(row['type_schema'] as string)}.${quoteName(row['type_name'] as string)}`
    return {
      name: row['name'] as string,
      property: properties.get(row['name'] as string),
      type: parseColumnType(row['type'] as string, labels),
      cast: row['collation'] === null ? cast : `${cast} collate ${row['collation']}`,
      nullable: row['nullable'] === 'true',
      defaultSql: generated ? undefined : (draws ?? row['default_sql'] ?? undefined),
      generated,
      identity,
      foldsCase: row['folds_case'] === 'true',
    }
  })
}
