/** A column whose numbers a sequence hands out, or should. Numbers are text: they may pass 2^53. */
export interface SequenceFacts {
  /** For people and reports: `users`, or `billing.users` outside the default schema. */
  readonly table: string
  /** The same, quoted for statements of this engine. */
  readonly tableSql: string
  readonly schema: string
  readonly column: string
  /**
   * How the numbers are drawn: `serial` is a default over a sequence that belongs to the column, `default` one over a sequence
   * that does not. Null for an integer primary key that nothing fills.
   */
  readonly kind: 'identity' | 'serial' | 'default' | 'autoincrement' | null
  /** The sequence, quoted for statements of this engine; null when there is none. */
  readonly sequence: string | null
  /** The number furthest on in the column: the greatest, or the least when the sequence counts down. Null when there is none. */
  readonly max: string | null
  /** The last number handed out, null when none was. */
  readonly last: string | null
  /** The number that the next row gets; null without a sequence, and when none is left. */
  readonly next: string | null
  /** From one number to the next; negative when the sequence counts down. */
  readonly step: string
  /** The last number that both the sequence and the type of the column admit. */
  readonly limit: string
  /** Begins again at its other end. */
  readonly cycles: boolean
  /** False when the role may not read the column or the sequence: what it has no number of is not known then. */
  readonly isKnown: boolean
}

/** How a sequence stands to its column. */
export type SequenceState = 'missing' | 'unknown' | 'behind' | 'exhausted_soon' | 'not_owned' | 'ok'

/** A share of the numbers that may be handed out before there is a warning: time enough to change the column's type. */
const nearlyAll = 80n

/** The gravest thing that can be said of a sequence. */
export function sequenceState(facts: SequenceFacts): SequenceState {
  if (facts.kind === null) return 'missing'
  if (!facts.isKnown) return 'unknown'
  if (isBehind(facts)) return 'behind'
  if (isNearlyExhausted(facts)) return 'exhausted_soon'
  return facts.kind === 'default' ? 'not_owned' : 'ok'
}

/** True when the sequence would hand out a number that the column has passed already. */
export function isBehind(facts: SequenceFacts): boolean {
  const { kind, next, isKnown } = facts
  if (kind === null || !isKnown) return false
  return next === null ? isPastLimit(facts) : takenNumbers(facts) > 0n
}

/**
 * How many numbers the sequence would hand out before it is past the column: 2n of `{ max: '15', next: '10', step: '4' }`, which
 * gets to 10 and 14 first.
 */
export function takenNumbers({ max, next, step }: SequenceFacts): bigint {
  if (max === null || next === null) return 0n
  const [distance, by] = [BigInt(max) - BigInt(next), BigInt(step)]
  return distance !== 0n && distance > 0n !== by > 0n ? 0n : distance / by + 1n
}

/** True when the column holds a number that the sequence never gets to. */
export function isPastLimit({ max, limit, step }: SequenceFacts): boolean {
  if (max === null) return false
  return BigInt(step) < 0n ? BigInt(max) < BigInt(limit) : BigInt(max) > BigInt(limit)
}

/** True when nearly all numbers that there are have been handed out. */
export function isNearlyExhausted({ last, max, limit, cycles }: SequenceFacts): boolean {
  const furthest = last ?? max
  if (cycles || furthest === null) return false
  const [reached, most] = [BigInt(furthest), BigInt(limit)]
  return reached !== 0n && most !== 0n && reached > 0n === most > 0n && (reached * 100n) / most >= nearlyAll
}
