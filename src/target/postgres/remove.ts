import type { Writer } from '../batch.js'
import type { TargetTable } from '../table.js'
import { entryJson, journalColumns, restorable, rowJson } from './journal.js'
import { quoteText } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'
import { raiseWhatPasses, tryEach } from './try-each.js'
import { tryInSavepoint } from './try-in-savepoint.js'

/**
 * Deletes rows with their entries, in one statement; when the server refuses it, one by one. Answers the rows that it would not
 * let go: something points at them, or a trigger keeps them.
 */
export async function remove(
  session: Session,
  writer: Writer,
  table: TargetTable,
  rowKeys: readonly string[],
  step: number,
): Promise<Set<string>> {
  const { pipeline, runId } = writer
  if (rowKeys.length === 0) return new Set()
  const removed = await tryInSavepoint(session, 'carryover_remove', async () => {
    const [answer] = await session.query(
      `with deleted as (
         delete from ${table.sql} t using unnest($1::text[]) as q(row_key) where ${isRow(table, 't', 'q.row_key')}
         returning q.row_key, ${rowJson(restorable(table), 't')} as before),
       forgotten as (
         delete from carryover.records r where r.pipeline = $2 and r.row_key = any ($1::text[]) returning r.*),
       journaled as (
         insert into carryover.journal (${journalColumns})
         select $3::bigint, ${step}, $2, null, 'delete', $4, row_key, before, null::jsonb from deleted
         union all
         select $3::bigint, ${step}, $2, r.legacy_key, 'link', $4, r.row_key, null, ${entryJson('r')} from forgotten r)
       select (select count(*) from deleted)::text as deleted, (select count(*) from forgotten) as forgotten`,
      [textArray(rowKeys), pipeline, runId, table.name],
    )
    return Number(answer?.['deleted']) === rowKeys.length ? new Set<string>() : undefined
  })
  return removed ?? removeOneByOne(session, writer, table, rowKeys, step)
}

async function removeOneByOne(
  session: Session,
  { pipeline, runId }: Writer,
  table: TargetTable,
  rowKeys: readonly string[],
  step: number,
): Promise<Set<string>> {
  const items = rowKeys.map((rowKey, ordinal) => ({ o: ordinal, t: rowKey }))
  const notes = await tryEach<{ o: number }>(session, items, {
    columns: 't text',
    variables: 'state text;',
    body: `
      insert into carryover.journal (${journalColumns})
      select ${runId}, ${step}, ${quoteText(pipeline)}, null, 'delete', ${quoteText(table.name)}, item.t, ${rowJson(restorable(table), 't')}, null
        from ${table.sql} t where ${isRow(table, 't', 'item.t')};
      insert into carryover.journal (${journalColumns})
      select ${runId}, ${step}, ${quoteText(pipeline)}, r.legacy_key, 'link', ${quoteText(table.name)}, r.row_key, null, ${entryJson('r')}
        from carryover.records r where r.pipeline = ${quoteText(pipeline)} and r.row_key = item.t;
      delete from ${table.sql} t where ${isRow(table, 't', 'item.t')};
      if not found then raise exception using errcode = 'CO001'; end if;
      delete from carryover.records where pipeline = ${quoteText(pipeline)} and row_key = item.t;`,
    handler: `get stacked diagnostics state = returned_sqlstate;
      ${raiseWhatPasses}`,
    refused: `jsonb_build_object('o', item.o)`,
  })
  return new Set(notes.map((note) => rowKeys[note.o] as string))
}

/** Deletes entries of the ledger and leaves their rows alone. */
export async function forget(
  session: Session,
  { pipeline, runId }: Writer,
  legacyKeys: readonly string[],
  step: number,
): Promise<void> {
  if (legacyKeys.length === 0) return
  await session.query(
    `with forgotten as (
       delete from carryover.records r where r.pipeline = $1 and r.legacy_key = any ($2::text[]) returning r.*)
     insert into carryover.journal (${journalColumns})
     select $3::bigint, ${step}, $1, r.legacy_key, 'link', r.target, r.row_key, null, ${entryJson('r')} from forgotten r`,
    [pipeline, textArray(legacyKeys), runId],
  )
}
