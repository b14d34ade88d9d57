import { TargetError } from '../../errors.js'
import type { TableColumn, UniqueKey } from '../table.js'
import { quoteName } from './quote.js'
import type { Session, TextRow } from './session.js'

/** Every unique constraint and unique index of a table, the primary key first. */
export async function readUniqueKeys(session: Session, oid: string): Promise<UniqueKey[]> {
  return (await readAllUniqueKeys(session, [oid])).get(oid) ?? []
}

/** The same of many tables in one query, by the oid of the table. */
export async function readAllUniqueKeys(
  session: Session,
  oids: readonly string[],
): Promise<ReadonlyMap<string, UniqueKey[]>> {
  // A constraint's index depends on the constraint, an index of its own on the columns: both ways are followed.
  // `indnullsnotdistinct` exists from Postgres 15 on; through to_jsonb the statement also works on 14.
  const rows = await session.query(
    `select i.indrelid::text                           as table_oid,
            c.relname                                  as name,
            i.indisprimary::text                       as primary,
            coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)::text as nulls_not_distinct,
            pg_get_expr(i.indpred, i.indrelid)         as predicate,
            (select json_agg(pg_get_indexdef(i.indexrelid, k, true)
                             || coalesce(' collate ' || quote_ident(n.nspname) || '.' || quote_ident(l.collname), '')
                             order by k)
               from generate_series(1, i.indnkeyatts) k
               left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k - 1]
               left join pg_collation l on l.oid = i.indcollation[k - 1] and l.oid <> a.attcollation
               left join pg_namespace n on n.oid = l.collnamespace)::text as parts,
            (select json_agg(distinct a.attname)
               from pg_attribute a
              where a.attrelid = i.indrelid
                and (   a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                     or exists (select from pg_depend d
                                 where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                                   and d.refclassid = 'pg_class'::regclass and d.refobjid = i.indrelid
                                   and d.refobjsubid = a.attnum
                                   and not a.attnum = any ((i.indkey::int2[])[i.indnkeyatts:]))))::text as columns
       from pg_index i
       join pg_class c on c.oid = i.indexrelid
      where i.indrelid = any ($1::oid[]) and i.indisunique and i.indisvalid
      order by i.indisprimary desc, c.relname`,
    [oids],
  )
  const keys = new Map<string, UniqueKey[]>()
  for (const row of rows) {
    const table = row['table_oid'] as string
    keys.set(table, [...(keys.get(table) ?? []), keyOf(row)])
  }
  return keys
}

function keyOf(row: TextRow): UniqueKey {
  return {
    name: row['name'] as string,
    primary: row['primary'] === 'true',
    columns: JSON.parse(row['columns'] as string) as string[],
    parts: JSON.parse(row['parts'] as string) as string[],
    predicate: row['predicate'] ?? undefined,
    nullsNotDistinct: row['nulls_not_distinct'] === 'true',
  }
}

/** The primary key's columns in its own order; without one, a whole unique key over columns that are never null. */
export function rowKeyOf(
  name: string,
  columns: readonly TableColumn[],
  keys: readonly UniqueKey[],
): string[] {
  // pg_get_indexdef quotes what needs quotes, reserved words too.
  const byPart = new Map(
    columns.flatMap((column) => [column.name, quoteName(column.name)].map((part) => [part, column] as const)),
  )
  for (const key of keys) {
    const members = key.parts.map((part) => byPart.get(part))
    const whole =
      key.predicate === undefined && members.every((member) => member !== undefined && !member.nullable)
    if (key.primary || whole) return members.map((member) => (member as TableColumn).name)
  }
  throw new TargetError(
    'target.no_row_key',
    `The table ${name} has no primary key and no unique key over columns that are not null.`,
    {
      hint: 'Add a primary key: without one no row can be told from another.',
    },
  )
}
