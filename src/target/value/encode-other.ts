import { isWrittenNumber } from '../../written-number.js'
import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded } from './encoded.js'
import { refuseUnstorable } from './unstorable-text.js'

/** Text for a type that is not known here: the database has the last word on it. Objects have no one text. */
export function encodeOther({ name }: Extract<ColumnType, { kind: 'other' }>, value: unknown): Encoded {
  if (typeof value === 'string') return refuseUnstorable(value) ?? { text: value }
  if (typeof value === 'bigint' || typeof value === 'boolean' || isWrittenNumber(value))
    return { text: String(value) }
  if (typeof value === 'number' && Number.isFinite(value)) {
    // Past 2^53 the number may be a neighbour of the one that was written.
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return { text: String(value) }
    return refuse('out_of_range', `a value of type ${name}`, 'an integer beyond 2^53')
  }
  return refuse('type', `a value of type ${name}`, `${kindPhrase(value)}, convert it to text in the pipeline`)
}
