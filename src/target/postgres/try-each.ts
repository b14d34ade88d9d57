import type { Session } from './session.js'

/** The part of a `DO` block that is tried for each item: statements over `item`, and what is noted when it succeeds or raises. */
export interface Trial {
  /** Columns of an item beside `o`, as `json_to_recordset` takes them: `a text, v json`. */
  readonly columns: string
  /** Variables of the block: `made text;` */
  readonly variables?: string
  readonly body: string
  /** What is noted of an item that went well, as SQL of a jsonb; nothing unless given. */
  readonly noted?: string
  /** Statements of the handler, before the refusal is noted. */
  readonly handler?: string
  /** What is noted of an item that raised, as SQL of a jsonb. */
  readonly refused: string
}

/** A statement for a handler that has the `state`: what passes by itself is the batch's to retry, and not the item's fault. */
export const raiseWhatPasses = `if state ~ '^(40|08|57P|53)' or state = '55P03' then raise; end if;`

/**
 * Tries something for each item in one call: a block on the server with a subtransaction for each, so that what an item did
 * stands or falls with it. Answers what was noted, in order.
 *
 * The items travel in a setting, since a `DO` block takes no parameters and a temporary function or table would write to the
 * catalogue.
 */
export async function tryEach<Note>(
  session: Session,
  items: readonly object[],
  trial: Trial,
): Promise<Note[]> {
  await session.query(
    `select set_config('carryover.batch', $1, true), set_config('carryover.notes', '[]', true)`,
    [JSON.stringify(items)],
  )
  await session.query(`
do $carryover_block$
#variable_conflict use_column
declare
  item record;
  notes jsonb[] := '{}';
  ${trial.variables ?? ''}
begin
  for item in select * from json_to_recordset(current_setting('carryover.batch')::json) as b(o int, ${trial.columns}) loop
    begin
      ${trial.body}
      ${trial.noted === undefined ? '' : `notes := array_append(notes, ${trial.noted});`}
    exception when others then
      ${trial.handler ?? ''}
      notes := array_append(notes, ${trial.refused});
    end;
  end loop;
  perform set_config('carryover.notes', to_jsonb(notes)::text, true);
end
$carryover_block$`)
  const rows = await session.query(
    `select current_setting('carryover.notes') as notes, set_config('carryover.batch', '', true)`,
  )
  return JSON.parse(rows[0]?.['notes'] ?? '[]') as Note[]
}
