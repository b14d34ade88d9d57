import type { Applied, Changes, Failure } from '../writes.js'
import { fingerprintLength } from '../fingerprint-text.js'
import { changesKey } from '../changes-key.js'
import { isAsSeen, seenColumns } from './as-seen.js'
import { insertTarget } from './insert-target.js'
import { entryJson, journalColumns, rowJson } from './journal.js'
import { quoteName, quoteText } from './quote.js'
import { isRow, rowKeyReader, rowKeyText } from './row-key.js'
import type { Session } from './session.js'
import { castsOf } from './stage.js'
import { failureCode } from './translate-error.js'
import { raiseWhatPasses, tryEach, type Trial } from './try-each.js'

/** What the block notes of a record: the key the database made, or the refusal. */
interface Note {
  o: number
  k?: string
  s?: string
  n?: string
  c?: string
}

/**
 * Goes through a batch record by record in one call: a block on the server with a subtransaction for each record, whose row
 * and ledger entries stand or fall together.
 */
export async function applyOneByOne(session: Session, changes: Changes, step: number): Promise<Applied> {
  const loosens = changesKey(changes)
  const batch = changes.writes.map((write) => ({
    o: write.ordinal,
    a: write.action,
    l: write.legacyKey,
    f: write.fingerprint,
    r: write.role,
    k: write.known,
    t: write.rowKey,
    w: write.formerOwner,
    p: write.parentKey,
    d: write.applied,
    e: Object.fromEntries(write.seen),
    n: loosens(write),
    s: Object.fromEntries([...write.changed].map((column) => [`m${changes.columns.indexOf(column)}`, true])),
    v: Object.fromEntries(write.values.map((value, index) => [`c${index}`, value])),
  }))
  const notes = new Map(
    (await tryEach<Note>(session, batch, trial(changes, step))).map((note) => [note.o, note]),
  )
  const givenKey = rowKeyReader(changes.table, changes.columns)
  const rowKeys = new Map<number, string>()
  const failures: Failure[] = []
  const moved = new Set<number>()
  for (const write of changes.writes) {
    const note = notes.get(write.ordinal)
    const rowKey = note?.k ?? write.rowKey ?? givenKey(write.values)
    if (note?.s === 'CO002') moved.add(write.ordinal)
    else if (note?.s !== undefined) failures.push(failureOf(changes, note, note.s))
    else if (rowKey !== undefined) rowKeys.set(write.ordinal, rowKey)
  }
  return { rowKeys, failures, moved, holding: new Set() }
}

function failureOf({ table }: Changes, note: Note, sqlState: string): Failure {
  const code = failureCode(sqlState)
  // A trigger may raise an error with anything at all in the place of names.
  const column = table.columns.find((candidate) => candidate.name === note.c)?.name
  return {
    ordinal: note.o,
    code,
    constraint: code === 'database' ? undefined : note.n || undefined,
    column,
    nativeCode: code === 'database' ? sqlState : undefined,
  }
}

function trial(changes: Changes, step: number): Trial {
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
  const row = isRow(table, 't', 'item.t')
  const asSeen = isAsSeen(seenColumns(changes.writes), 'item.e')
  const pipeline = quoteText(changes.pipeline)
  const before = rowJson(changed, 't', (column) => `(item.s ->> 'm${columns.indexOf(column)}') is not null`)
  const note = `insert into carryover.journal (${journalColumns})`
  const noteOf = (held: string) => `
        ${note}
        select ${changes.runId}, ${step}, ${pipeline}, item.l, item.a, ${quoteText(table.name)}, own_key, ${held},
               (select ${entryJson('r')} from carryover.records r where r.pipeline = ${pipeline} and r.legacy_key = item.l);`
  const linked = `${note}
        select ${changes.runId}, ${step}, ${pipeline}, r.legacy_key, 'link', ${quoteText(table.name)}, r.row_key, null, ${entryJson('r')}
          from carryover.records r`
  return {
    columns:
      'a text, l text, f text, r text, k boolean, t text, w text, p text, d text, e jsonb, n boolean, s json, v json',
    variables: 'own_key text; was_made boolean; state text; named text; columned text;',
    body: `
      own_key := item.t;
      if item.a = 'update' then ${noteOf(`(select ${before} from ${table.sql} t where ${row})`)} end if;
      if item.a = 'insert' then
        insert into ${table.sql} as t (${target.columns.map(quoteName).join(', ')}) ${target.overriding}
        values (${target.columns.map(value).join(', ')})
        returning ${rowKeyText(table, 't')} into own_key;
        if not found then raise exception using errcode = 'CO001'; end if;
      ${
        sets.length === 0
          ? ''
          : `elsif item.a = 'update' then
        update ${table.sql} t set ${sets.join(', ')} where ${row} and ${asSeen};
        if not found then
          state := case when exists (select 1 from ${table.sql} t where ${row} and not (${asSeen})) then 'CO002' else 'CO001' end;
          raise exception using errcode = state;
        end if;`
      }
      end if;
      if item.a <> 'update' and (item.k or item.w is not null) then ${noteOf('null')} end if;
      was_made := exists (select 1 from carryover.records
                           where pipeline = ${pipeline} and legacy_key = item.w and made);
      if item.n then
        ${linked}
         where r.pipeline = ${pipeline} and r.row_key = own_key and r.role = 'alias' and r.fingerprint <> '' and r.legacy_key <> item.l
           and r.run_id <> ${changes.runId};
        update carryover.records set fingerprint = '', run_id = ${changes.runId}, step = ${step}
         where pipeline = ${pipeline} and row_key = own_key and role = 'alias' and fingerprint <> '' and legacy_key <> item.l
           and run_id <> ${changes.runId};
      end if;
      if item.k then
        update carryover.records set target = ${quoteText(table.name)}, row_key = own_key, fingerprint = item.f, role = item.r, run_id = ${changes.runId}, step = ${step},
               parent_key = item.p, made = item.a = 'insert' or (made and row_key = own_key) or was_made, applied = item.d
         where pipeline = ${pipeline} and legacy_key = item.l;
      else
        insert into carryover.records (pipeline, legacy_key, target, row_key, fingerprint, role, run_id, step, parent_key, made, applied)
        values (${pipeline}, item.l, ${quoteText(table.name)}, own_key, item.f, item.r, ${changes.runId}, ${step}, item.p, item.a = 'insert' or was_made, item.d);
      end if;
      if item.w is not null then
        ${linked} where r.pipeline = ${pipeline} and r.legacy_key = item.w;
        update carryover.records set role = 'alias', fingerprint = left(fingerprint, ${fingerprintLength}), run_id = ${changes.runId}, step = ${step}
         where pipeline = ${pipeline} and legacy_key = item.w;
      end if;`,
    ...(target.made.length === 0 ? {} : { noted: `jsonb_build_object('o', item.o, 'k', own_key)` }),
    handler: `get stacked diagnostics state = returned_sqlstate, named = constraint_name, columned = column_name;
      ${raiseWhatPasses}`,
    refused: `jsonb_build_object('o', item.o, 's', state, 'n', named, 'c', columned)`,
  }
}
