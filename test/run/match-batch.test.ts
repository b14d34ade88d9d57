import { expect, test } from 'vitest'
import type { Collision, Hit } from '../../src/target/batch.js'
import { matchBatch } from '../../src/run/match-batch.js'
import type { EncodedLegacy } from '../../src/run/records.js'

const record = (ordinal: number): EncodedLegacy => ({
  ordinal,
  location: undefined,
  legacyKey: `k${ordinal}`,
  raw: {},
  surroundings: {},
  values: [],
  references: [],
  texts: [],
  merged: undefined,
  fingerprint: '',
  circle: undefined,
  completing: undefined,
  open: undefined,
  ahead: undefined,
  unsure: false,
  source: undefined,
  path: '',
  parentKey: null,
  children: [],
})

function match(count: number, hits: Hit[], collisions: Collision[]) {
  return matchBatch(
    Array.from({ length: count }, (_, ordinal) => record(ordinal)),
    {
      recall: { settled: new Set(), renewed: new Set(), known: new Map() },
      probe: { hits, collisions },
      ownerState: () => 'settled',
      deleted: 'leave',
      fixedKeys: [],
      succeeds: () => 'no',
      lastCounts: false,
      isComing: new Set(),
      phase: 'final',
    },
  ).map(({ kind }) => kind)
}

test('of records that share a key the first is taken, the others wait for it', () => {
  const collisions = [1, 2].map((ordinal) => ({ ordinal, key: 'slug', firstOrdinal: 0 }))
  expect(match(3, [], collisions)).toEqual(['new', 'wait', 'wait'])
})

test('a record does not wait for one that writes nothing', () => {
  const owned = [{ ordinal: 0, key: 'email', rowKey: 'r1', owner: 'k9' }]
  expect(match(2, owned, [{ ordinal: 1, key: 'slug', firstOrdinal: 0 }])).toEqual(['duplicate', 'new'])
})

test('when the first writes nothing, the second goes before the third', () => {
  const owned = [{ ordinal: 0, key: 'email', rowKey: 'r1', owner: 'k9' }]
  const collisions = [1, 2].map((ordinal) => ({ ordinal, key: 'slug', firstOrdinal: 0 }))
  expect(match(3, owned, collisions)).toEqual(['duplicate', 'new', 'wait'])
})

test('two records that meet the same row do not both change it at once', () => {
  const hits = [0, 1].map((ordinal) => ({ ordinal, key: 'slug', rowKey: 'r1', owner: null }))
  expect(match(2, hits, [])).toEqual(['row', 'wait'])
})
