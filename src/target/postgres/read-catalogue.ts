import { getTableColumns, is, type Table } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { TargetError } from '../../errors.js'
import type { Check, ForeignKey, SequenceColumn, TableColumn, TargetTable, UniqueKey } from '../table.js'
import { parseColumnType } from '../value/parse-column-type.js'
import { quoteName, quoteText } from './quote.js'
import type { Session } from './session.js'

/**
 * What the live catalogue says of a drizzle table.
 * @throws TargetError `target.wrong_dialect`, `target.no_table`, `target.no_row_key`
 */
export async function readCatalogue(session: Session, table: Table): Promise<TargetTable> {
  if (!is(table, PgTable)) {
    throw new TargetError(
      'target.wrong_dialect',
      'A pipeline writes to a table that is not a pgTable, and the database is Postgres.',
      {
        hint: 'Declare the table with pgTable: it serves both engines.',
      },
    )
  }
  const config = getTableConfig(table)
  const name = config.schema === undefined ? config.name : `${config.schema}.${config.name}`
  const sql =
    config.schema === undefined
      ? quoteName(config.name)
      : `${quoteName(config.schema)}.${quoteName(config.name)}`
  const oid = (await session.query('select to_regclass($1)::oid::text as oid', [sql]))[0]?.['oid']
  if (oid === null || oid === undefined) {
    throw new TargetError('target.no_table', `The table ${name} does not exist in the database.`, {
      hint: 'Run `carryover migrate` first, or check that the database URL names the right database.',
    })
  }
  const columns = await readColumns(session, oid, sql, propertiesOf(table))
  const uniqueKeys = await readUniqueKeys(session, oid)
  return {
    name,
    sql,
    columns,
    rowKey: rowKeyOf(name, columns, uniqueKeys),
    uniqueKeys,
    foreignKeys: await readForeignKeys(session, oid),
    checks: await readChecks(session, oid),
    sequences: await readSequences(session, oid, sql),
    hasTriggers: await hasRowTriggers(session, oid),
  }
}

/** Column name → property of the drizzle table. */
function propertiesOf(table: Table): Map<string, string> {
  return new Map(Object.entries(getTableColumns(table)).map(([property, column]) => [column.name, property]))
}

async function readColumns(
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

async function readUniqueKeys(session: Session, oid: string): Promise<UniqueKey[]> {
  // A constraint's index depends on the constraint, an index of its own on the columns: both ways are followed.
  // `indnullsnotdistinct` exists from Postgres 15 on; through to_jsonb the statement also works on 14.
  const rows = await session.query(
    `select c.relname                                  as name,
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
      where i.indrelid = $1::oid and i.indisunique and i.indisvalid
      order by i.indisprimary desc, c.relname`,
    [oid],
  )
  return rows.map((row) => ({
    name: row['name'] as string,
    primary: row['primary'] === 'true',
    columns: JSON.parse(row['columns'] as string) as string[],
    parts: JSON.parse(row['parts'] as string) as string[],
    predicate: row['predicate'] ?? undefined,
    nullsNotDistinct: row['nulls_not_distinct'] === 'true',
  }))
}

/** The primary key's columns in its own order; without one, a whole unique key over columns that are never null. */
function rowKeyOf(name: string, columns: readonly TableColumn[], keys: readonly UniqueKey[]): string[] {
  const byPart = new Map(columns.map((column) => [unquoted(column.name), column]))
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

/** A column name as pg_get_indexdef prints it. */
function unquoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoteName(name)
}

async function readForeignKeys(session: Session, oid: string): Promise<ForeignKey[]> {
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

async function readChecks(session: Session, oid: string): Promise<Check[]> {
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

async function readSequences(session: Session, oid: string, table: string): Promise<SequenceColumn[]> {
  const rows = await session.query(
    `select a.attname as column, pg_get_serial_sequence($2, a.attname) as sequence
       from pg_attribute a
      where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
        and pg_get_serial_sequence($2, a.attname) is not null
      order by a.attnum`,
    [oid, table],
  )
  return rows.map((row) => ({ column: row['column'] as string, sequence: row['sequence'] as string }))
}

async function hasRowTriggers(session: Session, oid: string): Promise<boolean> {
  const rows = await session.query(
    'select 1 as one from pg_trigger where tgrelid = $1::oid and not tgisinternal and tgenabled <> $2 limit 1',
    [oid, 'D'],
  )
  return rows.length > 0
}
