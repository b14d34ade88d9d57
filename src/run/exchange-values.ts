import type { Round } from './settle-round.js'
import { countRound } from './count-round.js'
import { findRings } from './find-rings.js'
import type { PipelineState } from './pipeline-state.js'
import { commitRound } from './settle-records.js'
import type { Waiting } from './survey-deferred.js'

/** Some records of a ring cannot have what they want: the transaction is rolled back, and they are decided one by one. */
class NoExchange extends Error {}

/**
 * Lets records that take each other's values do so, all at once: as many rings in one transaction as fit, each alone where that
 * fails. Answers whether any of them got on.
 */
export async function exchangeValues(
  state: PipelineState,
  waiting: readonly Waiting[],
  batchRecords: number,
): Promise<boolean> {
  let gotOn = false
  for (const rings of packed(findRings(waiting.filter(({ hasRow }) => hasRow)), batchRecords)) {
    if (await exchange(state, rings.flat())) gotOn = true
    else if (rings.length > 1) for (const ring of rings) if (await exchange(state, ring)) gotOn = true
  }
  return gotOn
}

async function exchange(state: PipelineState, ring: readonly Waiting[]): Promise<boolean> {
  state.context.signal.throwIfAborted()
  const records = ring.map(({ record }) => record)
  try {
    const round = await commitRound(state, () => records, [], 'exchanging', expectAll)
    for (const { legacyKey } of records) state.deferred.delete(legacyKey)
    countRound(state, round, [])
    return true
  } catch (error) {
    if (error instanceof NoExchange) return false
    throw error
  }

  function expectAll({ settled }: Round): void {
    if (settled.length < records.length) throw new NoExchange()
  }
}

/** Rings in groups of about `batchRecords` records. */
function packed<Item>(rings: readonly (readonly Item[])[], batchRecords: number): (readonly Item[])[][] {
  const groups: (readonly Item[])[][] = []
  let room = 0
  for (const ring of rings) {
    if (ring.length > room) {
      groups.push([])
      room = batchRecords
    }
    groups.at(-1)?.push(ring)
    room -= ring.length
  }
  return groups
}
