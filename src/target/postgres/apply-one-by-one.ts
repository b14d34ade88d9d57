import type { Applied, Changes, Failure } from '../batch.js'
import { insertTarget } from './insert-target.js'
import { quoteName, quoteText } from './quote.js'
import { isRow, rowKeyText } from './row-key.js'
import type { Session } from './session.js'
import { castsOf } from './stage.js'
import { failureCode } from './translate-error.js'

interface Verdict {
  o: number
  k?: string
  s?: string
  n?: string
  c?: string
}

/**
 * Goes through a batch record by record in one call: a block on the server with a subtransaction for each record, whose row
 * and ledger entries stand or fall together. The batch travels in a setting, since a `DO` block takes no parameters and
 * a temporary function or table would write to the catalogue.
 */
export async function applyOneByOne(session: Session, changes: Changes): Promise<Applied> {
  const batch = changes.writes.map((write) => ({
    o: write.ordinal,
    a: write.action,
    l: write.legacyKey,
    f: write.fingerprint,
    r: write.role,
    k: write.known,
    t: write.rowKey,
    w: write.formerOwner,
    s: Object.fromEntries([...write.changed].map((column) => [`m${changes.columns.indexOf(column)}`, true])),
    v: Object.fromEntries(write.values.map((value, index) => [`c${index}`, value])),
  }))
  await session.query(
    `select set_config('carryover.batch', $1, true), set_config('carryover.verdicts', '[]', true)`,
    [JSON.stringify(batch)],
  )
  await session.query(block(changes))
  const rows = await session.query(
    `select current_setting('carryover.verdicts') as verdicts, set_config('carryover.batch', '', true)`,
  )
  const verdicts = JSON.parse(rows[0]?.['verdicts'] ?? '[]') as Verdict[]
  const rowKeys = new Map<number, string>()
  const failures: Failure[] = []
  for (const verdict of verdicts) {
    if (verdict.s === undefined) {
      if (verdict.k !== undefined) rowKeys.set(verdict.o, verdict.k)
    } else failures.push(failureOf(changes, verdict, verdict.s))
  }
  return { rowKeys, failures }
}

function failureOf({ table }: Changes, verdict: Verdict, sqlState: string): Failure {
  const code = failureCode(sqlState)
  // A trigger may raise an error with anything at all in the place of names.
  const column = table.columns.find((candidate) => candidate.name === verdict.c)?.name
  return {
    ordinal: verdict.o,
    code,
    constraint: code === 'database' ? undefined : verdict.n || undefined,
    column,
    nativeCode: code === 'database' ? sqlState : undefined,
  }
}

function block(changes: Changes): string {
  const { table, columns } = changes
  const casts = castsOf(table)
  const target = insertTarget(table, columns)
  const value = (column: string) => {
    const index = columns.indexOf(column)
    if (index >= 0) return `(item.v ->> 'c${index}')::${casts.get(column)}`
    return target.made.find((made) => made.column === column)?.sql ?? 'null'
  }
  const changed = columns.filter((column) => changes.writes.some((write) => write.changed.has(column)))
  const sets = changed.map(
    (column) =>
      `${quoteName(column)} = case when (item.s ->> 'm${columns.indexOf(column)}') is not null then ${value(column)} else t.${quoteName(column)} end`,
  )
  return `
do $carryover_block$
declare
  item record;
  made text;
  verdicts jsonb := '[]';
  state text; named text; columned text;
begin
  for item in
    select * from json_to_recordset(current_setting('carryover.batch')::json)
        as b(o int, a text, l text, f text, r text, k boolean, t text, w text, s json, v json)
  loop
    begin
      made := item.t;
      if item.a = 'insert' then
        insert into ${table.sql} as t (${target.columns.map(quoteName).join(', ')}) ${target.overriding}
        values (${target.columns.map(value).join(', ')})
        returning ${rowKeyText(table, 't')} into made;
        if not found then raise exception using errcode = 'CO001'; end if;
      ${
        sets.length === 0
          ? ''
          : `elsif item.a = 'update' then
        update ${table.sql} t set ${sets.join(', ')} where ${isRow(table, 't', 'item.t')};
        if not found then raise exception using errcode = 'CO001'; end if;`
      }
      end if;
      if item.k then
        update carryover.records set target = ${quoteText(table.name)}, row_key = made, fingerprint = item.f, role = item.r, run_id = ${changes.runId}
         where pipeline = ${quoteText(changes.pipeline)} and legacy_key = item.l;
      else
        insert into carryover.records (pipeline, legacy_key, target, row_key, fingerprint, role, run_id)
        values (${quoteText(changes.pipeline)}, item.l, ${quoteText(table.name)}, made, item.f, item.r, ${changes.runId});
      end if;
      if item.w is not null then
        update carryover.records set role = 'alias', run_id = ${changes.runId}
         where pipeline = ${quoteText(changes.pipeline)} and legacy_key = item.w;
      end if;
      verdicts := verdicts || jsonb_build_object('o', item.o, 'k', made);
    exception when others then
      get stacked diagnostics state = returned_sqlstate, named = constraint_name, columned = column_name;
      -- What passes by itself is the batch's to retry, not the record's fault.
      if state ~ '^(40|08|57P|53)' or state = '55P03' then raise; end if;
      verdicts := verdicts || jsonb_build_object('o', item.o, 's', state, 'n', named, 'c', columned);
    end;
  end loop;
  perform set_config('carryover.verdicts', verdicts::text, true);
end
$carryover_block$`
}
