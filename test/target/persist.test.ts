import { expect, test } from 'vitest'
import { AbortedError, TargetError } from '../../src/errors.js'
import { persist } from '../../src/target/persist.js'

const passing = new TargetError('database.error', 'Somebody was in the way.', {
  retryable: true,
  hint: 'Wait.',
})

test('what passes is tried again until it has passed', async () => {
  const work = failing(passing, 3)
  expect(await persist(work, { retryMs: 10_000 })).toBe('done after 3')
})

test.each([
  ['an error that does not pass', new TargetError('database.error', 'No.')],
  ['an error of somebody else', new Error('No.')],
])('%s is thrown at once, as it is', async (_, error) => {
  const work = failing(error, 1)
  await expect(persist(work, { retryMs: 10_000 })).rejects.toBe(error)
  expect(await work()).toBe('done after 1')
})

test('after its time the last error is thrown, with how often it was tried, and is not tried again by anybody', async () => {
  const giving = persist(failing(passing, 100), { retryMs: 300 })
  await expect(giving).rejects.toMatchObject({
    code: 'database.error',
    message: expect.stringMatching(/^Somebody was in the way\. It was tried [2-9] times in 0\.\d s\.$/),
    hint: 'Wait.',
    retryable: false,
  })
})

test('no time means one try', async () => {
  await expect(persist(failing(passing, 1), { retryMs: 0 })).rejects.toBe(passing)
})

test('what may not be begun again is not', async () => {
  const giving = persist(failing(passing, 1), { retryMs: 10_000, mayRetry: () => false })
  await expect(giving).rejects.toBe(passing)
})

test('an abort ends the waiting with its reason', async () => {
  const controller = new AbortController()
  const reason = new AbortedError('run.aborted', 'The run was interrupted.')
  const giving = persist(failing(passing, 100), { retryMs: 60_000, signal: controller.signal })
  setTimeout(() => controller.abort(reason), 20)
  await expect(giving).rejects.toBe(reason)
})

/** Fails so many times with the same error. */
function failing(error: Error, times: number): () => Promise<string> {
  let failures = 0
  return async () => {
    if (failures === times) return `done after ${times}`
    failures += 1
    throw error
  }
}
