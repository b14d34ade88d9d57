import type { Failure } from '../writes.js'
import { entryColumns } from '../entry-columns.js'
import type { EntryText, HeldBefore } from '../history.js'
import type { TargetTable } from '../table.js'
import { entryPlace } from './entry-place.js'
import { quoteName, quoteText } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { castsOf } from './stage.js'
import { textArray } from './text-array.js'
import { failureCode } from './translate-error.js'
import { raiseWhatPasses, tryEach } from './try-each.js'
import { tryInSavepoint } from './try-in-savepoint.js'

type Refused = Map<string, Failure['code']>

/** A row as the statements below take it: its key, and what it is to hold as JSON. */
type Item = readonly [rowKey: string, values: string | null]

/** Gives columns of rows the values they had; answers those that the server refused. */
export function restoreRows(
  session: Session,
  table: TargetTable,
  rows: readonly HeldBefore[],
): Promise<Refused> {
  const columns = present(table, rows)
  if (columns.length === 0) return Promise.resolve(new Map())
  const casts = castsOf(table)
  const sets = columns.map((column) => {
    const name = quoteName(column)
    return `${name} = case when q.v ? ${quoteText(column)} then (q.v ->> ${quoteText(column)})::${casts.get(column)} else t.${name} end`
  })
  return inOneOrEach(
    session,
    rows.map(itemOf),
    (items) => `update ${table.sql} t set ${sets.join(', ')} from ${items} where ${isRow(table, 't', 'q.k')}`,
  )
}

/** Deletes rows; answers those that the server would not let go. */
export function deleteRows(
  session: Session,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<Refused> {
  return inOneOrEach(
    session,
    rowKeys.map((rowKey) => [rowKey, null]),
    (items) => `delete from ${table.sql} t using ${items} where ${isRow(table, 't', 'q.k')}`,
  )
}

/** Inserts rows as they were; answers those that the server refused. */
export function insertRows(
  session: Session,
  table: TargetTable,
  rows: readonly HeldBefore[],
): Promise<Refused> {
  const columns = present(table, rows)
  const casts = castsOf(table)
  const always = table.columns.some((column) => column.identity === 'always')
  return inOneOrEach(
    session,
    rows.map(itemOf),
    (
      items,
    ) => `insert into ${table.sql} (${columns.map(quoteName).join(', ')}) ${always ? 'overriding system value' : ''}
      select ${columns.map((column) => `(q.v ->> ${quoteText(column)})::${casts.get(column)}`).join(', ')} from ${items}`,
  )
}

/** Gives legacy keys the entries they had; null: none. */
export async function putEntries(
  session: Session,
  pipeline: string,
  entries: ReadonlyMap<string, EntryText | null>,
): Promise<void> {
  if (entries.size === 0) return
  const gone = [...entries].flatMap(([legacyKey, entry]) => (entry === null ? [legacyKey] : []))
  const back = [...entries].filter(([, entry]) => entry !== null)
  await session.query(
    `delete from carryover.records r using unnest($2::text[]) as q(legacy_key) ${entryPlace('$1', 'q.legacy_key')}
      where r.ctid = place`,
    [pipeline, textArray(gone)],
  )
  const from = (relation: string) => entryColumns.map((column) => `${relation}.${column}`).join(', ')
  await session.query(
    `insert into carryover.records (pipeline, legacy_key, ${entryColumns.join(', ')})
     select $1, q.legacy_key, ${from('e')}
       from unnest($2::text[], $3::text[]) as q(legacy_key, entry)
      cross join jsonb_populate_record(null::carryover.records, q.entry::jsonb) as e
     on conflict (pipeline, legacy_key) do update
        set (${entryColumns.join(', ')}) = (${from('excluded')})`,
    [pipeline, textArray(back.map(([legacyKey]) => legacyKey)), textArray(back.map(([, entry]) => entry))],
  )
}

function itemOf({ rowKey, values }: HeldBefore): Item {
  return [rowKey, JSON.stringify(Object.fromEntries(values))]
}

/** The columns that are still there: a migration may have dropped some. */
function present(table: TargetTable, rows: readonly HeldBefore[]): string[] {
  const noted = new Set(rows.flatMap(({ values }) => [...values.keys()]))
  return table.columns.filter(({ name, generated }) => noted.has(name) && !generated).map(({ name }) => name)
}

/**
 * Runs a statement over all items, `k` and `v` of each; when the server refuses it or leaves a row alone, once for each in
 * their order. Answers who was refused.
 */
async function inOneOrEach(
  session: Session,
  items: readonly Item[],
  statement: (items: string) => string,
): Promise<Refused> {
  if (items.length === 0) return new Map()
  const done = await tryInSavepoint(session, 'carryover_undo', async () => {
    const touched = await session.execute(
      statement(`(select u.k, u.v::jsonb as v from unnest($1::text[], $2::text[]) as u(k, v)) as q`),
      [textArray(items.map(([rowKey]) => rowKey)), textArray(items.map(([, values]) => values))],
    )
    return touched === items.length ? true : undefined
  })
  if (done === true) return new Map()
  const notes = await tryEach<{ o: number; s: string }>(
    session,
    items.map(([k, v], o) => ({ o, k, v })),
    {
      columns: 'k text, v text',
      variables: 'state text;',
      body: `${statement('(select item.k, item.v::jsonb as v) as q')};
        if not found then raise exception using errcode = 'CO001'; end if;`,
      handler: `get stacked diagnostics state = returned_sqlstate;
        ${raiseWhatPasses}`,
      refused: `jsonb_build_object('o', item.o, 's', state)`,
    },
  )
  return new Map(notes.map(({ o, s }) => [(items[o] as Item)[0], failureCode(s)]))
}
