import type { Collision, Hit, Probe, Staged } from '../batch.js'
import type { TargetTable, UniqueKey } from '../table.js'
import { quoteName, quoteText } from './quote.js'
import { rowKeyText } from './row-key.js'
import type { Session } from './session.js'
import { stageSql, type StageSql } from './stage.js'

/** Which rows hold the unique keys named, and which records of the batch share one. Only hits and collisions travel back. */
export async function probe(
  session: Session,
  records: string,
  pipeline: string,
  keys: readonly string[],
  staged: Staged,
): Promise<Probe> {
  const taking = staged.table.uniqueKeys.filter((key) => keys.includes(key.name))
  if (taking.length === 0 || staged.rows.length === 0) return { hits: [], collisions: [] }
  const read = new Set(taking.flatMap((key) => key.columns))
  const columns = staged.columns.filter((column) => read.has(column))
  const positions = columns.map((column) => staged.columns.indexOf(column))
  const rows = staged.rows.map((row) => ({
    ordinal: row.ordinal,
    values: positions.map((position) => row.values[position] ?? null),
  }))
  const stage = withDefaults(stageSql(staged.table, columns, rows), staged.table, columns, read)
  const owner = `$${stage.params.length + 1}`
  const answers = await session.query(
    `with stage as materialized (${stage.sql})
     ${taking.map((key) => `${hitsOf(staged.table, key, records, owner)} union all ${collisionsOf(key)}`).join(' union all ')}`,
    [...stage.params, pipeline],
  )
  const hits: Hit[] = []
  const collisions: Collision[] = []
  for (const row of answers) {
    const [ordinal, key] = [Number(row['ordinal']), row['key'] as string]
    if (row['first_ordinal'] !== null)
      collisions.push({ ordinal, key, firstOrdinal: Number(row['first_ordinal']) })
    else hits.push({ ordinal, key, rowKey: row['row_key'] as string, owner: row['owner'] ?? null })
  }
  return { hits, collisions }
}

/** A predicate may read columns the pipeline leaves to the database: they stage as the default they will get. */
export function withDefaults(
  stage: StageSql,
  table: TargetTable,
  given: readonly string[],
  read: ReadonlySet<string>,
): StageSql {
  const left = table.columns.filter((column) => read.has(column.name) && !given.includes(column.name))
  if (left.length === 0) return stage
  const defaults = left.map(
    (column) => `(${column.defaultSql ?? 'null'})::${column.cast} as ${quoteName(column.name)}`,
  )
  return { sql: `select given.*, ${defaults.join(', ')} from (${stage.sql}) given`, params: stage.params }
}

/** The members of a key as the records have them: `select carryover_ordinal as ordinal, (lower(email)) as k0 from stage`. */
export function keyedStage(key: UniqueKey): string {
  const members = key.parts.map((part) => memberOf(key, part))
  // A null in a key equals nothing, except where the key says so; a partial key counts only where its predicate holds.
  const conditions = key.nullsNotDistinct ? [] : members.map((member) => `(${member}) is not null`)
  if (key.predicate !== undefined) conditions.push(`(${key.predicate})`)
  return `select carryover_ordinal as ordinal, ${members.map((member, index) => `(${member}) as k${index}`).join(', ')}
            from stage${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`}`
}

/** A member of a key as the index computes it: of the rows of its predicate alone, since it may raise for others. */
export function memberOf(key: UniqueKey, part: string): string {
  return key.predicate === undefined ? part : `case when (${key.predicate}) then ${part} end`
}

function hitsOf(table: TargetTable, key: UniqueKey, records: string, pipeline: string): string {
  const equal = key.parts.map((part, index) => {
    const member = `carryover_q.k${index}`
    return key.nullsNotDistinct
      ? `((${part}) = ${member} or ((${part}) is null and ${member} is null))`
      : `(${part}) = ${member}`
  })
  if (key.predicate !== undefined) equal.push(`(${key.predicate})`)
  return `select carryover_q.ordinal::text as ordinal, ${quoteText(key.name)} as key, carryover_t.row_key,
                 carryover_l.legacy_key as owner, null::text as first_ordinal
            from (${keyedStage(key)}) carryover_q
           cross join lateral (select ${rowKeyText(table, 'carryover_r')} as row_key
                                 from ${table.sql} carryover_r
                                where ${equal.join(' and ')}) carryover_t
            left join ${records} carryover_l
              on carryover_l.pipeline = ${pipeline} and carryover_l.row_key = carryover_t.row_key and carryover_l.role in ('owner', 'stub', 'removed')`
}

function collisionsOf(key: UniqueKey): string {
  return `select ordinal::text, ${quoteText(key.name)}, null, null, first_ordinal::text
            from (select ordinal, min(ordinal) over (partition by ${key.parts.map((_, index) => `k${index}`).join(', ')}) as first_ordinal
                    from (${keyedStage(key)}) keyed) shared
           where first_ordinal <> ordinal`
}
