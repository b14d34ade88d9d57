import type { SequenceFacts } from '../../sequence-facts.js'
import type { SequenceColumn } from '../../table.js'
import { quoteName } from '../quote.js'
import type { Session, TextRow } from '../session.js'
import { lettingGo } from './letting-go.js'
import { calledSql, isOwn, isSurveyed, quotedSql } from './surveyed-schemas.js'

/**
 * Every identity, serial and plain default over a sequence, and every integer primary key that nothing fills, with the state of
 * sequence and column. A key that refers to another table is filled by its reference.
 */
export function readSequenceFacts(session: Session, schemas: readonly string[]): Promise<SequenceFacts[]> {
  return factsWhere(session, `${isSurveyed('$1')} and ${isOwn('c.oid', 'pg_class')}`, schemas)
}

/** The same of one table. @param tableSql quoted for statements */
export function readSequencesOf(session: Session, tableSql: string): Promise<SequenceFacts[]> {
  return factsWhere(session, isTable, tableSql)
}

/** The columns of a table that sequences fill, from the catalogue alone. @param tableSql quoted for statements */
export async function sequenceColumns(session: Session, tableSql: string): Promise<SequenceColumn[]> {
  const rows = await catalogueWhere(session, isTable, tableSql)
  return rows.flatMap(({ column, sequence }) =>
    column == null || sequence == null ? [] : [{ column, sequence }],
  )
}

const isTable = 'c.oid = to_regclass($1)'

async function factsWhere(session: Session, condition: string, parameter: unknown): Promise<SequenceFacts[]> {
  const facts: SequenceFacts[] = []
  for (const row of await catalogueWhere(session, condition, parameter))
    facts.push(await lettingGo(session, () => readState(session, row)))
  return facts
}

/** What the catalogue says of each column, without the numbers. */
function catalogueWhere(session: Session, condition: string, parameter: unknown): Promise<TextRow[]> {
  const isVisible = 'pg_table_is_visible(c.oid)'
  return session.query(
    `select n.nspname as schema, a.attname as column,
            ${calledSql('c.relname', isVisible)} as "table", ${quotedSql('c.relname', isVisible)} as table_sql,
            case when a.attidentity <> '' then 'identity'
                 when exists (select from pg_depend p
                               where p.classid = 'pg_class'::regclass and p.objid = q.seqrelid and p.deptype = 'a'
                                 and p.refclassid = 'pg_class'::regclass and p.refobjid = a.attrelid and p.refobjsubid = a.attnum)
                      then 'serial'
                 when q.seqrelid is not null then 'default' end                       as kind,
            quote_ident(sn.nspname) || '.' || quote_ident(sc.relname)                 as sequence,
            coalesce(q.seqincrement, 1)::text                                         as step,
            q.seqmin::text, q.seqmax::text, coalesce(q.seqcycle, false)::text         as cycles,
            (has_table_privilege(c.oid, 'select') and has_schema_privilege(n.oid, 'usage'))::text as may_read_table,
            (has_sequence_privilege(q.seqrelid, 'select') and has_schema_privilege(sn.oid, 'usage'))::text as may_read_sequence,
            has_sequence_privilege(q.seqrelid, 'usage')::text as may_draw, q.seqrelid::text as sequence_oid, q.seqstart::text as start,
            case a.atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647
                            else 9223372036854775807 end::text                        as most
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
       left join lateral (
         select p.objid as sequence from pg_depend p
          where a.attidentity <> '' and p.classid = 'pg_class'::regclass and p.deptype = 'i'
            and p.refclassid = 'pg_class'::regclass and p.refobjid = a.attrelid and p.refobjsubid = a.attnum
            and exists (select from pg_sequence s where s.seqrelid = p.objid)
          limit 1) i on true
       left join lateral (
         select u.refobjid as sequence from pg_depend u
          where u.classid = 'pg_attrdef'::regclass and u.objid = d.oid and u.refclassid = 'pg_class'::regclass
            and exists (select from pg_sequence s where s.seqrelid = u.refobjid)
          limit 1) f on true
       -- As text, which is looked up when it is run: nothing depends on the sequence.
       left join lateral (
         select to_regclass(replace(n[1], '''''', ''''))::oid as sequence
           from regexp_match(pg_get_expr(d.adbin, d.adrelid), 'nextval[(]+''((?:[^'']|'''')+)''::(?:text|character varying)[)]') n) x on true
       left join pg_sequence q on q.seqrelid = coalesce(i.sequence, f.sequence, x.sequence)
       left join pg_class sc on sc.oid = q.seqrelid
       left join pg_namespace sn on sn.oid = sc.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
        and ${condition}
        and (q.seqrelid is not null
             or a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) and d.oid is null and a.attgenerated = ''
                and exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and k.conkey = array[a.attnum])
                and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)))
      order by 3, a.attnum`,
    [parameter],
  )
}

async function readState(session: Session, row: TextRow): Promise<SequenceFacts> {
  const [table, step] = [row['table_sql'] as string, row['step'] as string]
  const sequence = row['sequence'] ?? null
  const goesDown = step.startsWith('-')
  const mayReadTable = row['may_read_table'] === 'true'
  const max = mayReadTable
    ? `(select ${goesDown ? 'min' : 'max'}(${quoteName(row['column'] as string)})::text from ${table})`
    : 'null'
  const numbers = numbersSql(row)
  const [state] = await session.query(
    numbers === undefined
      ? `select ${max} as max, null as last, null as next`
      : `select ${max} as max, last::text, coalesce(last::numeric + ${step}, first)::text as next from (${numbers}) n`,
  )
  const most = row['most'] as string
  const limit = goesDown
    ? greater(row['seqmin'] ?? `-${most}`, `-${most}`)
    : less(row['seqmax'] ?? most, most)
  const next = state?.['next'] ?? null
  const isOver = next !== null && (goesDown ? BigInt(next) < BigInt(limit) : BigInt(next) > BigInt(limit))
  return {
    table: row['table'] as string,
    tableSql: table,
    schema: row['schema'] as string,
    column: row['column'] as string,
    kind: (row['kind'] ?? null) as SequenceFacts['kind'],
    sequence,
    max: state?.['max'] ?? null,
    last: state?.['last'] ?? null,
    next: isOver ? null : next,
    step,
    limit,
    cycles: row['cycles'] === 'true',
    isKnown: mayReadTable && (sequence === null || numbers !== undefined),
  }
}

/** The last number of a sequence, null when none was handed out, and the first one; undefined when the role may see neither. */
function numbersSql(row: TextRow): string | undefined {
  if (row['may_read_sequence'] === 'true')
    return `select case when is_called then last_value end as last, last_value as first from ${row['sequence']}`
  // Who draws numbers without reading the sequence itself is told the last one all the same.
  if (row['may_draw'] === 'true')
    return `select pg_sequence_last_value(${row['sequence_oid']}) as last, ${row['start']} as first`
  return undefined
}

function less(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? one : other
}

function greater(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? other : one
}
