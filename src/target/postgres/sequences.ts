import type { SequenceMove, SequenceState } from '../target.js'
import type { SequenceColumn, TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import type { Session } from './session.js'

/** The sequences of a table as they are, beside the greatest number of their column. */
export async function readSequences(session: Session, table: TargetTable): Promise<SequenceState[]> {
  const states: SequenceState[] = []
  for (const sequence of table.sequences) states.push(await readState(session, table, sequence))
  return states
}

/**
 * Advances the sequences that are behind their column, in the caller's transaction. The table is locked against writers while a
 * sequence is compared and set, so that nobody draws a number in between; a sequence that is ahead is not touched at all.
 */
export async function advanceSequences(session: Session, table: TargetTable): Promise<SequenceMove[]> {
  const moves: SequenceMove[] = []
  for (const sequence of table.sequences) {
    if (!isBehind(await readState(session, table, sequence))) continue
    await session.query(`lock table ${table.sql} in share row exclusive mode`)
    const state = await readState(session, table, sequence)
    if (!isBehind(state)) continue
    await session.query('select setval($1::regclass, $2::bigint, true)', [sequence.sequence, state.max])
    moves.push({ table: table.name, column: sequence.column, from: state.last, to: state.max as string })
  }
  return moves
}

function isBehind(state: SequenceState): boolean {
  return (
    state.max !== null &&
    BigInt(state.max) > 0n &&
    (state.last === null || BigInt(state.last) < BigInt(state.max))
  )
}

async function readState(
  session: Session,
  table: TargetTable,
  sequence: SequenceColumn,
): Promise<SequenceState> {
  const rows = await session.query(
    `select (select case when is_called then last_value end::text from ${sequence.sequence}) as last,
            (select max(${quoteName(sequence.column)})::text from ${table.sql}) as max`,
  )
  return {
    table: table.name,
    column: sequence.column,
    last: rows[0]?.['last'] ?? null,
    max: rows[0]?.['max'] ?? null,
  }
}
