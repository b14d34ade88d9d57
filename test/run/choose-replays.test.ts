import { expect, test } from 'vitest'
import { chooseReplays } from '../../src/run/choose-replays.js'
import type { RejectRow } from '../../src/target/ledger.js'

test.each<[string, Partial<RejectRow>[], { chosen?: string[]; notKept?: string[]; keyTaken?: string[] }]>([
  ['all of them, in the order of the source', [{ ordinal: 10 }, { ordinal: 2 }], { chosen: ['1', '0'] }],
  [
    'those without a key, each for itself',
    [{ legacyKey: null }, { legacyKey: null, ordinal: 1 }],
    { chosen: ['0', '1'] },
  ],
  [
    'none whose copy is not exact',
    [{ copy: 'partial' }, { copy: 'none', ordinal: 1 }, { ordinal: 2 }],
    { chosen: ['2'], notKept: ['0', '1'] },
  ],
  [
    'the newest of several of one key',
    [{ legacyKey: 'a' }, { legacyKey: 'a', runId: 2, ordinal: 5 }],
    { chosen: ['1'], keyTaken: ['0'] },
  ],
  [
    'the first in the source of several of one run',
    [{ legacyKey: 'a', ordinal: 5 }, { legacyKey: 'a' }],
    { chosen: ['1'], keyTaken: ['0'] },
  ],
  [
    'none of which a later run has brought another state',
    [{ legacyKey: 'moved' }, { legacyKey: 'moved', runId: 2, ordinal: 1 }],
    { chosen: ['1'], keyTaken: ['0'] },
  ],
  [
    'none of those alone either',
    [{ legacyKey: 'moved' }, { legacyKey: 'known' }],
    { chosen: ['1'], keyTaken: ['0'] },
  ],
  [
    'no second record of a key that the ledger knows',
    [{ legacyKey: 'known', code: 'duplicate_key' }],
    { keyTaken: ['0'] },
  ],
  [
    'no second record of a key whose first one is open, even when that cannot be replayed',
    [
      { legacyKey: 'a', code: 'duplicate_key' },
      { legacyKey: 'a', copy: 'none', ordinal: 1 },
    ],
    { notKept: ['1'], keyTaken: ['0'] },
  ],
  [
    'the first of the second records when nobody else has the key',
    [
      { legacyKey: 'a', code: 'duplicate_key', ordinal: 3 },
      { legacyKey: 'a', code: 'duplicate_key', ordinal: 1 },
    ],
    { chosen: ['1'], keyTaken: ['0'] },
  ],
  [
    'a first record although the ledger knows its key: it was brought by an earlier run',
    [{ legacyKey: 'known', code: 'check' }],
    { chosen: ['0'] },
  ],
])('chosen are %s', (_, open, expected) => {
  const rows = open.map((row, index): RejectRow => ({
    id: String(index),
    runId: 1,
    pipeline: 'people',
    ordinal: 0,
    legacyKey: `k${index}`,
    at: 'here',
    code: 'check',
    column: null,
    message: 'no',
    copy: 'exact',
    ...row,
  }))
  const { chosen, notKept, keyTaken } = chooseReplays(
    rows,
    new Map([
      ['known', 1],
      ['moved', 2],
    ]),
  )
  const ids = (of: readonly RejectRow[]) => of.map(({ id }) => id)
  expect({ chosen: ids(chosen), notKept: ids(notKept), keyTaken: ids(keyTaken) }).toEqual({
    chosen: [],
    notKept: [],
    keyTaken: [],
    ...expected,
  })
})
