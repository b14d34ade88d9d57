import type { Staged } from '../batch.js'
import type { Failure } from '../writes.js'
import type { Session } from './session.js'
import { failureCode } from './translate-error.js'
import { tryEach } from './try-each.js'

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
  const refusals = await tryEach<{ o: number; s: string; i: number }>(session, values, {
    columns: 'v json',
    variables: 'at int;',
    body: columns
      .map(({ index, cast }) => `at := ${index}; perform (item.v ->> 'c${index}')::${cast};`)
      .join(' '),
    refused: `jsonb_build_object('o', item.o, 's', sqlstate, 'i', at)`,
  })
  return refusals.map((refusal) => ({
    ordinal: refusal.o,
    code: failureCode(refusal.s),
    constraint: undefined,
    column: staged.columns[refusal.i],
    nativeCode: refusal.s,
  }))
}

/** True for types whose input carryover leaves to the server. */
function isForeign(type: Staged['table']['columns'][number]['type']): boolean {
  return type.kind === 'other' || (type.kind === 'array' && isForeign(type.element))
}
