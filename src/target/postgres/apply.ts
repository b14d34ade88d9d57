import type { Applied, Changes, Write } from '../writes.js'
import { changesKey } from '../changes-key.js'
import { fingerprintLength } from '../fingerprint-text.js'
import { applyJournal, isLoosened } from './apply-journal.js'
import { applyOneByOne } from './apply-one-by-one.js'
import { applyStage, changedColumns, isSet, withMadeKeys } from './apply-stage.js'
import { isAsSeen, seenColumns } from './as-seen.js'
import { differs } from './differences.js'
import { entryPlace } from './entry-place.js'
import { withHashJoins } from './hash-joins.js'
import { insertTarget } from './insert-target.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { keysSql, rowKeysOf } from './written-keys.js'
import { textArray } from './text-array.js'
import { tryInSavepoint } from './try-in-savepoint.js'

/**
 * Writes a batch: rows and ledger entries in one statement. When the server refuses it, everything is taken back to the
 * savepoint and the server goes through the batch record by record in one call.
 */
export async function apply(session: Session, changes: Changes, step: number): Promise<Applied> {
  if (changes.writes.length === 0)
    return { rowKeys: new Map(), failures: [], moved: new Set(), holding: new Set() }
  const applied = await applyInSavepoint(session, changes, step)
  // A trigger or rule kept a row from being written, somebody changed one, or a record was refused: find out which.
  return applied ?? applyOneByOne(session, changes, step)
}

/** The same; undefined, and nothing is written, when the server refuses a record. */
export function applyInSavepoint(
  session: Session,
  changes: Changes,
  step: number,
): Promise<Applied | undefined> {
  const isReadBack = readsBack(changes)
  const work = () => applyAsSet(session, changes, step, isReadBack)
  return tryInSavepoint(session, 'carryover_apply', work, isReadBack ? withHashJoins : undefined)
}

/** Answers undefined when fewer rows were written than asked for. */
async function applyAsSet(
  session: Session,
  changes: Changes,
  step: number,
  isReadBack: boolean,
): Promise<Applied | undefined> {
  const { table, columns, writes } = changes
  const stage = applyStage(changes)
  const target = insertTarget(table, columns)
  const ctes = [`raw as (${stage.sql})`, `stage as materialized (${withMadeKeys(changes, target.made)})`]
  const counts: string[] = []
  const add = (name: string, sql: string, returning = '1') => {
    ctes.push(`${name} as (${sql} returning ${returning})`)
    counts.push(`(select count(*) from ${name})::text as ${name}`)
  }
  const has = (action: Write['action']) => writes.some((write) => write.action === action)
  const parameter = (offset: number) => `$${stage.params.length + offset}`
  // Without a condition the planner knows how many rows it is about.
  const isWhole = writes.every(({ action }) => action === 'insert')
  if (has('insert')) {
    add(
      'inserted',
      `insert into ${table.sql} (${target.columns.map(quoteName).join(', ')}) ${target.overriding}
       select ${target.columns.map(quoteName).join(', ')} from stage${isWhole ? '' : ` where carryover_action = 'insert'`} order by carryover_ordinal`,
      [...new Set([...table.rowKey, ...changes.compared])].map(quoteName).join(', '),
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
      `update carryover.records r
          set role = 'alias', fingerprint = left(r.fingerprint, ${fingerprintLength}), run_id = ${parameter(3)}::bigint, step = ${step}
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
  const journal = applyJournal(changes, step, parameter, loosened.length > 0)
  if (journal !== undefined) add('journaled', journal)
  const rows = await session.query(
    `with ${ctes.join(',\n')} select ${counts.join(', ')}, ${keysSql(target.made)} as keys, ${isReadBack ? unlikeSql(changes) : 'null'} as unlike`,
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
  const rowKeys = rowKeysOf(changes, writes, answer['keys'] ?? null)
  const unlike = new Set(JSON.parse(answer['unlike'] ?? '[]') as number[])
  const holding = new Set(
    isReadBack ? writes.map(({ ordinal }) => ordinal).filter((ordinal) => !unlike.has(ordinal)) : [],
  )
  return { rowKeys, failures: [], moved: new Set(), holding }
}

/** Whether the statement can tell itself that what it inserts holds what was given: where nothing else is written, and no trigger comes after it. */
function readsBack({ table, writes }: Changes): boolean {
  return !table.hasTriggers && writes.every(({ action }) => action === 'insert')
}

/** The inserted rows that do not hold what was given, as the statement itself sees them. */
function unlikeSql({ table, compared }: Changes): string {
  const isSame = table.rowKey.map((column) => `t.${quoteName(column)} = s.${quoteName(column)}`).join(' and ')
  const columns = table.columns.filter(({ name }) => compared.includes(name))
  const isOther = [`t.${quoteName(table.rowKey[0] as string)} is null`, ...columns.map(differs)].join(' or ')
  return `(select json_agg(s.carryover_ordinal)::text from stage s left join inserted t on ${isSame}
            where ${isOther})`
}

/** Whether the row that changes hands was inserted for its former owner. */
function wasMade(pipeline: string): string {
  return `exists (select 1 from carryover.records f
                   where f.pipeline = ${pipeline} and f.legacy_key = carryover_former and f.made)`
}

function updateSql(changes: Changes): string {
  const sets = changedColumns(changes).map(
    (column) =>
      `${quoteName(column)} = case when ${isSet(column)} then s.${quoteName(column)} else t.${quoteName(column)} end`,
  )
  return `update ${changes.table.sql} t set ${sets.join(', ')}
            from stage s
           where s.carryover_action = 'update' and ${isRow(changes.table, 't', 's.carryover_row_key')}
             and ${isAsSeen(seenColumns(changes.writes), 's.carryover_seen')}`
}
