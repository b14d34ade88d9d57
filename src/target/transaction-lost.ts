import { CarryoverError, TargetError } from '../errors.js'

/** What ends a run whose one transaction around many batches is gone: there is nothing to go on from. An abort stays what it is. */
export function transactionLost(cause: unknown): unknown {
  if (
    cause instanceof CarryoverError &&
    (!(cause instanceof TargetError) || cause.code === 'run.atomic_lost')
  )
    return cause
  const reason = cause instanceof TargetError ? ` ${cause.message}` : ''
  return new TargetError(
    'run.atomic_lost',
    `The transaction around all batches was lost, and all that was written in it was rolled back.${reason}`,
    { hint: 'Run again: it begins from where the database stood before.', cause },
  )
}
