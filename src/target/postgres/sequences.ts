import { TargetError } from '../../errors.js'
import { isBehind, isPastLimit, takenNumbers, type SequenceFacts } from '../sequence-facts.js'
import type { SequenceMove } from '../target.js'
import type { TargetTable } from '../table.js'
import type { Session } from './session.js'
import { readSequencesOf } from './survey/read-sequence-facts.js'

/**
 * So many numbers and fewer are drawn one by one, which moves no sequence back whatever others draw meanwhile; that somebody
 * draws more of them than that between two statements is out of the question.
 */
const fewNumbers = 1_000n

/** The sequences of a table as they are, beside the greatest number of their column. */
export async function readSequences(session: Session, table: TargetTable): Promise<SequenceFacts[]> {
  if (table.sequences.length === 0) return []
  const facts = await readSequencesOf(session, table.sql)
  return facts.filter(({ sequence }) => sequence !== null).map((one) => ({ ...one, table: table.name }))
}

/** Advances the sequences of a table that are behind their column, in the caller's transaction. */
export async function advanceSequences(session: Session, table: TargetTable): Promise<SequenceMove[]> {
  const moves: SequenceMove[] = []
  for (const facts of await readSequences(session, table)) {
    const move = isBehind(facts) ? await advanceSequence(session, facts) : null
    if (move !== null) moves.push(move)
  }
  return moves
}

/**
 * Advances a sequence that is behind its column, in the caller's transaction. The table is locked against writers while the two
 * are compared, so that nobody inserts a number in between; a sequence that is ahead is not touched at all.
 * @throws TargetError `sequence.exhausted`
 */
export async function advanceSequence(session: Session, known: SequenceFacts): Promise<SequenceMove | null> {
  await session.query(`lock table ${known.tableSql} in share row exclusive mode`)
  const facts = (await readSequencesOf(session, known.tableSql)).find(({ column }) => column === known.column)
  if (facts === undefined || !isBehind(facts)) return null
  if (facts.next === null || isPastLimit(facts)) throw exhausted(known, facts)
  const { sequence, last, next, step } = facts
  const numbers = takenNumbers(facts)
  const furthest = BigInt(next) + (numbers - 1n) * BigInt(step)
  // Numbers that this session has in store, as a sequence with a cache hands them out, are behind as well.
  await session.query('discard sequences')
  const isDown = step.startsWith('-')
  const [moved] =
    numbers <= fewNumbers
      ? await session.query(
          `select ${isDown ? 'min' : 'max'}(nextval($1::regclass))::text as last from generate_series(1, $2::int)`,
          [sequence, String(numbers)],
        )
      : await session.query(
          `select setval($1::regclass, $2::bigint, true)::text as last from ${sequence} where last_value ${isDown ? '>' : '<'} $2::bigint`,
          [sequence, String(furthest)],
        )
  const to = moved?.['last'] ?? null
  // Others have drawn past the column meanwhile, without the table.
  return to === null ? null : { table: known.table, column: known.column, from: last, to }
}

function exhausted({ table, column }: SequenceFacts, { sequence, max, limit }: SequenceFacts): TargetError {
  return new TargetError(
    'sequence.exhausted',
    `${table}.${column} holds ${max}, and ${sequence} ends at ${limit}: it cannot follow.`,
    { hint: `Let it go further: ALTER SEQUENCE ${sequence} AS bigint NO MAXVALUE; then run this again.` },
  )
}
