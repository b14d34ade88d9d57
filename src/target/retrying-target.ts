import { persist, type Patience } from './persist.js'
import type { Target } from './target.js'
import { wrapMethods, type Method } from './wrap-methods.js'

/**
 * The same target, every call of which is tried again when it fails by what passes by itself: a batch, a count, a statement of
 * the ledger. A batch is done again from its beginning, so that its work must count nothing before it is committed.
 */
export function retryingTarget(target: Target, patience: Patience): Target {
  let openTransactions = 0
  const counted =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given) => {
      openTransactions += 1
      try {
        return await work(...given)
      } finally {
        openTransactions -= 1
      }
    }
  /** What has been begun by the caller's own function is not begun again; and inside of a transaction nothing can be repeated alone. */
  const retrying: (method: Method) => Method =
    (method) =>
    (...args) => {
      if (openTransactions > 0) return method(...args)
      let begun = false
      const watched = args.map((arg: unknown) =>
        typeof arg === 'function'
          ? (...given: unknown[]) => {
              begun = true
              return (arg as (...given: unknown[]) => unknown)(...given)
            }
          : arg,
      )
      return persist(async () => method(...(watched as never[])), {
        ...patience,
        mayRetry: () => !begun,
      })
    }
  const { close, inBatch, asides, aside, applyMigrations, migrationState } = target
  const calls = wrapMethods(target, retrying)
  return {
    ...calls,
    ledger: wrapMethods(target.ledger, retrying),
    audit: wrapMethods(target.audit, retrying),
    close,
    asides,
    aside,
    inBatch: (work) => persist(() => inBatch(counted(work)), patience),
    // A batch in it is a savepoint, which can be done again as long as the transaction is there.
    atomically: (work) => calls.atomically(counted(work)),
    // What is applied stays applied: the second try knows of what is left alone.
    applyMigrations: (files, noteApplied) => {
      let pending: readonly string[] | undefined
      return persist(async () => {
        pending ??= (await migrationState(files)).pending.map(({ name }) => name)
        await applyMigrations(files, noteApplied)
        return [...pending]
      }, patience)
    },
  }
}
