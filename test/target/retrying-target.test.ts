import { expect, test } from 'vitest'
import { TargetError } from '../../src/errors.js'
import { retryingTarget } from '../../src/target/retrying-target.js'
import { openSqlite } from '../../src/target/sqlite/open-sqlite.js'
import type { Target } from '../../src/target/target.js'
import { defaultOptions } from '../contract/engine.js'

const patience = { retryMs: 10_000 }

test.each([
  ['a question', (target: Target) => target.migrationState({ folder: '/nowhere', tables: [] })],
  ['a statement of the ledger', (target: Target) => target.ledger.exists()],
  ['a batch', (target: Target) => target.inBatch(async () => 'done')],
])('%s that fails by what passes is asked again', async (_, ask) => {
  const { target, calls } = await stumbling(1)
  await ask(retryingTarget(target, patience))
  expect(calls()).toBe(2)
})

test('how many questions may be asked beside a batch is told at once', async () => {
  const { target } = await stumbling(0)
  expect(retryingTarget(target, patience).asides()).toBe(0)
})

test('nothing is repeated alone inside of a batch: the batch is', async () => {
  const { target } = await stumbling(0)
  const retrying = retryingTarget(
    { ...target, sequences: async () => Promise.reject(passing()) },
    { retryMs: 100 },
  )
  let asked = 0
  const batch = retrying.inBatch(async () => {
    asked += 1
    return retrying.sequences({} as never)
  })
  const error = await batch.catch((reason: Error) => reason)
  expect(asked).toBeGreaterThan(1)
  expect(error).toMatchObject({ message: expect.stringContaining(`It was tried ${asked} times`) })
})

test('work that was begun under the lock is not begun again', async () => {
  const { target } = await stumbling(0)
  let begun = 0
  const locked = retryingTarget(target, patience).withRunLock({ waitMs: 0 }, async () => {
    begun += 1
    throw passing()
  })
  await expect(locked).rejects.toMatchObject({ retryable: true })
  expect(begun).toBe(1)
})

/** A database in memory whose calls fail so many times before they are answered. */
async function stumbling(times: number): Promise<{ target: Target; calls: () => number }> {
  const target = await openSqlite(':memory:', defaultOptions)
  let calls = 0
  const stumble =
    <Args extends unknown[], Answer>(method: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      calls += 1
      if (calls <= times) throw passing()
      return method(...args)
    }
  return {
    calls: () => calls,
    target: {
      ...target,
      ledger: { ...target.ledger, exists: stumble(target.ledger.exists) },
      migrationState: stumble(async () => ({ applied: [], pending: [], changed: [], unknown: [] })),
      inBatch: (work) => stumble(() => target.inBatch(work))(),
    },
  }
}

function passing(): TargetError {
  return new TargetError('database.error', 'Somebody was in the way.', { retryable: true })
}
