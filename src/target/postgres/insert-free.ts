import type { Changes } from '../writes.js'
import type { InsertedFree, Unprobed } from '../inserted-free.js'
import { applyInSavepoint } from './apply.js'
import { applyStage, withMadeKeys } from './apply-stage.js'
import { differs } from './differences.js'
import { withHashJoins } from './hash-joins.js'
import { insertTarget } from './insert-target.js'
import { quoteName } from './quote.js'
import type { Session } from './session.js'
import { tryInSavepoint } from './try-in-savepoint.js'
import { keysSql, rowKeysOf } from './written-keys.js'

/** Inserts records that the ledger does not know: all of them at once where that is hoped for, and else those whose unique values are free. */
export async function insertFree(
  session: Session,
  changes: Changes,
  step: number,
  { isHopeful, mayStay }: Unprobed,
): Promise<InsertedFree | undefined> {
  if (isHopeful) {
    const applied = await applyInSavepoint(session, changes, step)
    if (applied !== undefined) return { applied, missed: new Set() }
  }
  return tryInSavepoint(session, 'carryover_free', async () => {
    const inserted = await insertUnlessTaken(session, changes, step)
    return (await mayStay(inserted.missed)) ? inserted : undefined
  })
}

async function insertUnlessTaken(session: Session, changes: Changes, step: number): Promise<InsertedFree> {
  const { table, columns, compared, pipeline, runId, writes } = changes
  const stage = applyStage(changes)
  const target = insertTarget(table, columns)
  const names = target.columns.map(quoteName).join(', ')
  const returned = [...new Set([...table.rowKey, ...compared])].map(quoteName).join(', ')
  const key = table.rowKey.map((column) => `s.${quoteName(column)}`).join(', ')
  const isSame = table.rowKey.map((column) => `t.${quoteName(column)} = s.${quoteName(column)}`).join(' and ')
  const isOther = table.columns.filter(({ name }) => compared.includes(name)).map(differs)
  const parameter = (offset: number) => `$${stage.params.length + offset}`
  await session.query(withHashJoins.on)
  const rows = await session.query(
    `with raw as (${stage.sql}),
     stage as materialized (${withMadeKeys(changes, target.made)}),
     -- A row key says which record was inserted: of two with one key the second is not tried.
     tried as materialized (
       select distinct on (${key}) s.* from stage s order by ${key}, s.carryover_ordinal),
     inserted as (
       insert into ${table.sql} (${names}) ${target.overriding}
       select ${names} from tried order by carryover_ordinal
       on conflict do nothing returning ${returned}),
     placed as materialized (
       select s.carryover_ordinal, ${[...isOther, 'false'].join(' or ')} as is_other
         from tried s join inserted t on ${isSame}),
     remembered as (
       insert into carryover.records (pipeline, legacy_key, target, row_key, fingerprint, role, run_id, step, parent_key, made, applied)
       select ${parameter(1)}, carryover_legacy_key, ${parameter(2)}, carryover_row_key, carryover_fingerprint, carryover_role,
              ${parameter(3)}::bigint, ${step}, carryover_parent, true, carryover_applied
         from stage where carryover_ordinal in (select carryover_ordinal from placed))
     select (select json_agg(carryover_ordinal)::text from stage
              where carryover_ordinal not in (select carryover_ordinal from placed)) as missed,
            (select json_agg(carryover_ordinal)::text from placed where is_other) as unlike,
            ${keysSql(target.made)} as keys`,
    [...stage.params, pipeline, table.name, runId],
  )
  await session.query(withHashJoins.off)
  const missed = ordinalsIn(rows[0]?.['missed'])
  const unlike = ordinalsIn(rows[0]?.['unlike'])
  const placed = writes.filter(({ ordinal }) => !missed.has(ordinal))
  const holding = placed.map(({ ordinal }) => ordinal).filter((ordinal) => !unlike.has(ordinal))
  const rowKeys = rowKeysOf(changes, placed, rows[0]?.['keys'] ?? null)
  return { applied: { rowKeys, failures: [], moved: new Set(), holding: new Set(holding) }, missed }
}

function ordinalsIn(json: string | null | undefined): Set<number> {
  return new Set(JSON.parse(json ?? '[]') as number[])
}
