import type { TargetTable } from '../table.js'
import { quoteText } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { ServerError } from './translate-error.js'
import { textArray } from './text-array.js'
import { tryEach } from './try-each.js'

/**
 * Deletes rows with their entries, in one statement; when the server refuses it, one by one. Answers the rows that it would not
 * let go: something points at them, or a trigger keeps them.
 */
export async function remove(
  session: Session,
  pipeline: string,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<Set<string>> {
  if (rowKeys.length === 0) return new Set()
  await session.query('savepoint carryover_remove')
  try {
    const [answer] = await session.query(
      `with deleted as (
         delete from ${table.sql} t using unnest($1::text[]) as q(row_key) where ${isRow(table, 't', 'q.row_key')} returning 1),
       forgotten as (
         delete from carryover.records where pipeline = $2 and row_key = any ($1::text[]) returning 1)
       select (select count(*) from deleted)::text as deleted, (select count(*) from forgotten) as forgotten`,
      [textArray(rowKeys), pipeline],
    )
    if (Number(answer?.['deleted']) === rowKeys.length) {
      await session.query('release savepoint carryover_remove')
      return new Set()
    }
  } catch (error) {
    if (!(error instanceof ServerError) || error.retryable || error.sqlState.startsWith('25')) throw error
  }
  await session.query('rollback to savepoint carryover_remove; release savepoint carryover_remove')
  return removeOneByOne(session, pipeline, table, rowKeys)
}

async function removeOneByOne(
  session: Session,
  pipeline: string,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<Set<string>> {
  const items = rowKeys.map((rowKey, ordinal) => ({ o: ordinal, t: rowKey }))
  const notes = await tryEach<{ o: number }>(session, items, {
    columns: 't text',
    variables: 'state text;',
    body: `
      delete from ${table.sql} t where ${isRow(table, 't', 'item.t')};
      if not found then raise exception using errcode = 'CO001'; end if;
      delete from carryover.records where pipeline = ${quoteText(pipeline)} and row_key = item.t;`,
    // What passes by itself is the batch's to retry.
    handler: `get stacked diagnostics state = returned_sqlstate;
      if state ~ '^(40|08|57P|53)' or state = '55P03' then raise; end if;`,
    refused: `jsonb_build_object('o', item.o)`,
  })
  return new Set(notes.map((note) => rowKeys[note.o] as string))
}

/** Deletes entries of the ledger and leaves their rows alone. */
export async function forget(
  session: Session,
  pipeline: string,
  legacyKeys: readonly string[],
): Promise<void> {
  if (legacyKeys.length === 0) return
  await session.query('delete from carryover.records where pipeline = $1 and legacy_key = any ($2::text[])', [
    pipeline,
    textArray(legacyKeys),
  ])
}
