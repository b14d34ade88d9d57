import type { Reject } from '../record/reject.js'
import type { Foreseen } from '../target/batch.js'
import type { Failure } from '../target/writes.js'

/**
 * What the database refused, or will refuse, as a reject. The same words for both engines.
 * @param holder the row that holds a contested value, where it is known
 */
export function describeFailure(failure: Failure | Foreseen, holder?: string): Reject {
  const { code, constraint, column } = failure
  return {
    code,
    message: messageOf(failure, constraint ?? 'a constraint', holder),
    ...(column === undefined ? {} : { column }),
  }
}

function messageOf(failure: Failure | Foreseen, constraint: string, holder: string | undefined): string {
  switch (failure.code) {
    case 'check':
      return `the record breaks the check ${constraint}`
    case 'foreign_key':
      return `the row that ${constraint} points at does not exist`
    case 'unique_conflict':
      return `${holder === undefined ? 'another row' : `the row ${holder}`} holds its value of ${constraint}`
    case 'not_null':
      return 'the column must not be null'
    case 'type':
      return 'the database does not take the value for this type'
    case 'too_long':
      return 'the value is longer than the column'
    case 'out_of_range':
      return 'the value is out of the range of the column'
    case 'database':
      return failure.nativeCode === 'CO001'
        ? 'a trigger or rule of the table kept the row from being written'
        : `the database refused the record (${failure.nativeCode ?? 'no code'})`
  }
}
