import type { Applied, Changes, Write } from '../batch.js'
import { changesKey } from '../changes-key.js'
import { applyOneByOne } from './apply-one-by-one.js'
import { isAsSeen, seenColumns, seenJson } from './as-seen.js'
import { entryPlace } from './entry-place.js'
import { insertTarget } from './insert-target.js'
import { entryJson, journalColumns, rowJson } from './journal.js'
import { quoteName } from './quote.js'
import { isRow, rowKeyOf, rowKeyText } from './row-key.js'
import type { Session } from './session.js'
import { stageSql } from './stage.js'
import { textArray } from './text-array.js'
import { ServerError } from './translate-error.js'

/**
 * Writes a batch: rows and ledger entries in one statement. When the server refuses it, everything is taken back to the
 * savepoint and the server goes through the batch record by record in one call.
 */
export async function apply(session: Session, changes: Changes, step: number): Promise<Applied> {
  if (changes.writes.length === 0) return { rowKeys: new Map(), failures: [], moved: new Set() }
  await session.query('savepoint carryover_apply')
  try {
    const applied = await applyAsSet(session, changes, step)
    if (applied !== undefined) {
      await session.query('release savepoint carryover_apply')
      return applied
    }
  } catch (error) {
    // Class 25: a read-only server refuses every record alike.
    if (!(error instanceof ServerError) || error.retryable || error.sqlState.startsWith('25')) throw error
  }
  // A trigger or rule kept a row from being written, somebody changed one, or a record was refused: find out which.
  await session.query('rollback to savepoint carryover_apply; release savepoint carryover_apply')
  return applyOneByOne(session, changes, step)
}

/** Answers undefined when fewer rows were written than asked for. */
async function applyAsSet(session: Session, changes: Changes, step: number): Promise<Applied | undefined> {
  const { table, columns, writes } = changes
  const stage = stageSql(table, columns, writes, [
    ['carryover_action', 'text', writes.map((write) => write.action)],
    ['carryover_legacy_key', 'text', writes.map((write) => write.legacyKey)],
    ['carryover_fingerprint', 'text', writes.map((write) => write.fingerprint)],
    ['carryover_role', 'text', writes.map((write) => write.role)],
    ['carryover_known', 'bool', writes.map((write) => String(write.known))],
    ['carryover_row_key', 'text', writes.map((write) => write.rowKey)],
    ['carryover_former', 'text', writes.map((write) => write.formerOwner)],
    ['carryover_parent', 'text', writes.map((write) => write.parentKey)],
    ['carryover_applied', 'text', writes.map((write) => write.applied)],
    ['carryover_seen', 'jsonb', writes.map(seenJson)],
    ...changedColumns(changes).map(
      (column) =>
        [
          `carryover_set_${column}`,
          'bool',
          writes.map((write) => String(write.changed.has(column))),
        ] as const,
    ),
  ])
  const target = insertTarget(table, columns)
  const ctes = [
    `raw as materialized (${stage.sql})`,
    `stage as materialized (${withMadeKeys(changes, target.made)})`,
  ]
  const counts: string[] = []
  const add = (name: string, sql: string) => {
    ctes.push(`${name} as (${sql} returning 1)`)
    counts.push(`(select count(*) from ${name})::text as ${name}`)
  }
  const has = (action: Write['action']) => writes.some((write) => write.action === action)
  const parameter = (offset: number) => `$${stage.params.length + offset}`
  if (has('insert')) {
    add(
      'inserted',
      `insert into ${table.sql} (${target.columns.map(quoteName).join(', ')}) ${target.overriding}
       select ${target.columns.map(quoteName).join(', ')} from stage where carryover_action = 'insert' order by carryover_ordinal`,
    )
  }
  if (has('update')) add('updated', updateSql(changes))
  if (writes.some((write) => !write.known)) {
    add(
      'remembered',
      `insert into carryover.records (pipeline, legacy_key, target, row_key, fingerprint, role, run_id, step, parent_key, made, applied)
       select ${parameter(1)}, carryover_legacy_key, ${parameter(2)}, carryover_row_key, carryover_fingerprint, carryover_role,
              ${parameter(3)}::bigint, ${step}, carryover_parent, carryover_action = 'insert' or ${wasMade(parameter(1))}, carryover_applied
         from stage where not carryover_known`,
    )
  }
  if (writes.some((write) => write.known)) {
    add(
      'renewed',
      `update carryover.records r
          set target = ${parameter(2)}, row_key = s.carryover_row_key, fingerprint = s.carryover_fingerprint,
              role = s.carryover_role, run_id = ${parameter(3)}::bigint, step = ${step}, parent_key = s.carryover_parent,
              made = s.carryover_action = 'insert' or (r.made and r.row_key = s.carryover_row_key) or ${wasMade(parameter(1))}, applied = s.carryover_applied
         from stage s ${entryPlace(parameter(1), 's.carryover_legacy_key')}
        where s.carryover_known and r.ctid = place`,
    )
  }
  if (writes.some((write) => write.formerOwner !== null)) {
    add(
      'demoted',
      `update carryover.records r set role = 'alias', run_id = ${parameter(3)}::bigint, step = ${step}
         from stage s ${entryPlace(parameter(1), 's.carryover_former')}
        where r.ctid = place`,
    )
  }
  const loosened = writes.filter(changesKey(changes)).map((write) => write.rowKey)
  if (loosened.length > 0) {
    add(
      'loosened',
      `update carryover.records r set fingerprint = '', run_id = ${parameter(3)}::bigint, step = ${step}
        where ${isLoosened(parameter(1), parameter(3), parameter(4))}`,
    )
  }
  const journal = journalSql(changes, step, parameter, loosened.length > 0)
  if (journal !== undefined) add('journaled', journal)
  const rows = await session.query(
    `with ${ctes.join(',\n')} select ${counts.join(', ')}, ${keysSql(target.made)} as keys`,
    [
      ...stage.params,
      changes.pipeline,
      table.name,
      changes.runId,
      ...(loosened.length > 0 ? [textArray(loosened)] : []),
    ],
  )
  const answer = rows[0] ?? {}
  const written = Number(answer['inserted'] ?? 0) + Number(answer['updated'] ?? 0)
  if (written !== writes.filter((write) => write.action !== 'link').length) return undefined
  return { rowKeys: rowKeysOf(changes, answer['keys'] ?? null), failures: [], moved: new Set() }
}

/** Notes what is written over: rows, and what the ledger had; of what is new there is nothing to note. */
function journalSql(
  changes: Changes,
  step: number,
  parameter: (offset: number) => string,
  loosens: boolean,
): string | undefined {
  const { table, writes } = changes
  const [pipeline, target, run] = [parameter(1), parameter(2), `${parameter(3)}::bigint, ${step}`]
  const before = rowJson(
    changedColumns(changes),
    't',
    (column) => `s.${quoteName(`carryover_set_${column}`)}`,
  )
  const entryOf = (key: string) => `r.pipeline = ${pipeline} and r.legacy_key = ${key}`
  const parts: string[] = []
  if (writes.some((write) => write.known || write.action === 'update' || write.formerOwner !== null))
    parts.push(`select ${run}, ${pipeline}, s.carryover_legacy_key, s.carryover_action, ${target}, s.carryover_row_key,
              case when s.carryover_action = 'update' then ${before} end, ${entryJson('r')}
         from stage s
         left join carryover.records r on ${entryOf('s.carryover_legacy_key')}
         left join ${table.sql} t on s.carryover_action = 'update' and ${isRow(table, 't', 's.carryover_row_key')}
        where s.carryover_known or s.carryover_action = 'update' or s.carryover_former is not null`)
  if (writes.some((write) => write.formerOwner !== null))
    parts.push(`select ${run}, ${pipeline}, r.legacy_key, 'link', ${target}, r.row_key, null, ${entryJson('r')}
         from stage s
         join carryover.records r on ${entryOf('s.carryover_former')}`)
  if (loosens)
    parts.push(`select ${run}, ${pipeline}, r.legacy_key, 'link', ${target}, r.row_key, null, ${entryJson('r')}
         from carryover.records r
        where ${isLoosened(pipeline, parameter(3), parameter(4))}`)
  return parts.length === 0
    ? undefined
    : `insert into carryover.journal (${journalColumns})\n${parts.join('\n union all ')}`
}

/**
 * Aliases of rows whose keys change: what is known of them counts no longer. Those that this very run has made nobody asks again in
 * it: they stay what they are.
 */
function isLoosened(pipeline: string, runId: string, rowKeys: string): string {
  return `r.pipeline = ${pipeline} and r.row_key = any (${rowKeys}::text[]) and r.role = 'alias' and r.fingerprint <> ''
          and r.run_id <> ${runId}::bigint and not exists (select 1 from stage s where s.carryover_legacy_key = r.legacy_key)`
}

/** The stage with the columns the database makes itself, so that a row's key is known to the ledger's statement. */
function withMadeKeys(changes: Changes, made: readonly { column: string; sql: string }[]): string {
  const { table } = changes
  const extra = made.map(
    (item) => `case when carryover_action = 'insert' then ${item.sql} end as ${quoteName(item.column)}`,
  )
  const filled = `select raw.*${extra.length === 0 ? '' : `, ${extra.join(', ')}`} from raw`
  const others = changes.columns.map(quoteName)
  const own = [
    'carryover_ordinal',
    'carryover_action',
    'carryover_legacy_key',
    'carryover_fingerprint',
    'carryover_role',
    'carryover_known',
    'carryover_former',
    'carryover_parent',
    'carryover_applied',
    'carryover_seen',
  ]
  const sets = changedColumns(changes).map((column) => quoteName(`carryover_set_${column}`))
  const makes = made.map((item) => quoteName(item.column))
  const provided = table.rowKey.every(
    (column) => changes.columns.includes(column) || made.some((item) => item.column === column),
  )
  const rowKey = provided
    ? `case when f.carryover_action = 'insert' then ${rowKeyText(table, 'f')} else f.carryover_row_key end`
    : 'f.carryover_row_key'
  return `select ${[...own, ...sets, ...others, ...makes].map((name) => `f.${name}`).join(', ')}, ${rowKey} as carryover_row_key
            from (${filled}) f`
}

/** Whether the row that changes hands was inserted for its former owner. */
function wasMade(pipeline: string): string {
  return `exists (select 1 from carryover.records f
                   where f.pipeline = ${pipeline} and f.legacy_key = carryover_former and f.made)`
}

function changedColumns(changes: Changes): string[] {
  const updates = changes.writes.filter((write) => write.action === 'update')
  return changes.columns.filter((column) => updates.some((write) => write.changed.has(column)))
}

function updateSql(changes: Changes): string {
  const sets = changedColumns(changes).map(
    (column) =>
      `${quoteName(column)} = case when s.${quoteName(`carryover_set_${column}`)} then s.${quoteName(column)} else t.${quoteName(column)} end`,
  )
  return `update ${changes.table.sql} t set ${sets.join(', ')}
            from stage s
           where s.carryover_action = 'update' and ${isRow(changes.table, 't', 's.carryover_row_key')}
             and ${isAsSeen(seenColumns(changes.writes), 's.carryover_seen')}`
}

/** Keys that the database made travel back; those that were given are known here. */
function keysSql(made: readonly unknown[]): string {
  if (made.length === 0) return 'null'
  return `(select json_object_agg(carryover_ordinal, carryover_row_key)::text from stage where carryover_action = 'insert')`
}

function rowKeysOf(changes: Changes, made: string | null): Map<number, string> {
  const fromDatabase = made === null ? {} : (JSON.parse(made) as Record<string, string>)
  const rowKeys = new Map<number, string>()
  for (const write of changes.writes) {
    const rowKey =
      write.action === 'insert'
        ? (fromDatabase[write.ordinal] ?? rowKeyOf(changes.table, changes.columns, write.values))
        : write.rowKey
    if (rowKey !== undefined && rowKey !== null) rowKeys.set(write.ordinal, rowKey)
  }
  return rowKeys
}
