import type { Failure, Staged } from '../batch.js'
import type { Session } from './session.js'
import { failureCode } from './translate-error.js'

/**
 * Records with a value that a type carryover has no rules for (inet, interval, a domain …) does not accept. The server
 * tries each in a block, which writes nothing, so that the set-based statements after it do not stumble.
 */
export async function uncastable(session: Session, staged: Staged): Promise<Failure[]> {
  const columns = staged.columns.flatMap((name, index) => {
    const column = staged.table.columns.find((candidate) => candidate.name === name)
    return column !== undefined && isForeign(column.type) ? [{ name, index, cast: column.cast }] : []
  })
  if (columns.length === 0 || staged.rows.length === 0) return []
  const values = staged.rows.map((row) => ({
    o: row.ordinal,
    v: Object.fromEntries(columns.map((column) => [`c${column.index}`, row.values[column.index] ?? null])),
  }))
  await session.query(
    `select set_config('carryover.batch', $1, true), set_config('carryover.verdicts', '[]', true)`,
    [JSON.stringify(values)],
  )
  await session.query(`
do $carryover_block$
declare
  item record;
  at int;
  verdicts jsonb := '[]';
begin
  for item in select * from json_to_recordset(current_setting('carryover.batch')::json) as b(o int, v json) loop
    begin
      ${columns.map((column) => `at := ${column.index}; perform (item.v ->> 'c${column.index}')::${column.cast};`).join('\n      ')}
    exception when others then
      verdicts := verdicts || jsonb_build_object('o', item.o, 's', sqlstate, 'i', at);
    end;
  end loop;
  perform set_config('carryover.verdicts', verdicts::text, true);
end
$carryover_block$`)
  const rows = await session.query(
    `select current_setting('carryover.verdicts') as verdicts, set_config('carryover.batch', '', true)`,
  )
  const verdicts = JSON.parse(rows[0]?.['verdicts'] ?? '[]') as { o: number; s: string; i: number }[]
  return verdicts.map((verdict) => ({
    ordinal: verdict.o,
    code: failureCode(verdict.s),
    constraint: undefined,
    column: staged.columns[verdict.i],
    nativeCode: verdict.s,
  }))
}

/** True for types whose input carryover leaves to the server. */
function isForeign(type: Staged['table']['columns'][number]['type']): boolean {
  return type.kind === 'other' || (type.kind === 'array' && isForeign(type.element))
}
