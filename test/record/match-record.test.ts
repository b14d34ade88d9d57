import { expect, test } from 'vitest'
import {
  matchRecord,
  type Evidence,
  type KnownRecord,
  type OwnerState,
} from '../../src/record/match-record.js'

const owner: KnownRecord = {
  rowKey: 'r1',
  role: 'owner',
  sameFingerprint: false,
  rowExists: true,
  owner: null,
}
const alias: KnownRecord = {
  rowKey: 'r1',
  role: 'alias',
  sameFingerprint: true,
  rowExists: true,
  owner: 'k9',
}

function match(evidence: Partial<Evidence> & { owners?: Record<string, OwnerState> }) {
  return matchRecord({
    known: undefined,
    hits: [],
    collides: false,
    isTouched: () => false,
    isVacated: () => false,
    succeeds: () => 'no',
    lastCounts: false,
    ownerState: (key) => evidence.owners?.[key] ?? 'absent',
    deleted: 'leave',
    phase: 'reading',
    ...evidence,
  })
}

const hit = (key: string, rowKey: string, of: string | null = null) => ({ key, rowKey, owner: of })

test.each([
  ['a record that nothing is known of is new', {}, { kind: 'new' }],
  [
    'a record whose legacy key the ledger knows is that row',
    { known: owner },
    { kind: 'row', rowKey: 'r1', adopted: false, formerOwner: null },
  ],
  [
    'one row that holds a key and belongs to nobody is adopted',
    { hits: [hit('slug', 'r1'), hit('email', 'r1')] },
    { kind: 'row', rowKey: 'r1', adopted: true, formerOwner: null },
  ],
  [
    'keys that point at different rows are ambiguous',
    { hits: [hit('slug', 'r1'), hit('email', 'r2')], phase: 'final' as const },
    { kind: 'ambiguous', hits: [hit('slug', 'r1'), hit('email', 'r2')] },
  ],
  [
    'a row that another record of the source owns makes a duplicate',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'settled' as const }, phase: 'final' as const },
    { kind: 'duplicate', rowKey: 'r1', owner: 'k9' },
  ],
  [
    'nobody is called a duplicate before the source is read: a later record may change what its keys point at',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'settled' as const } },
    { kind: 'wait', until: 'end' },
  ],
  [
    'a row whose owner is gone from the source changes its owner',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'absent' as const } },
    { kind: 'row', rowKey: 'r1', adopted: false, formerOwner: 'k9' },
  ],
  [
    'an owner that may still come in the source is waited for',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'unread' as const } },
    { kind: 'wait', until: 'end' },
  ],
  [
    'an owner in the same batch goes first',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'pending' as const } },
    { kind: 'wait', until: 'batch' },
  ],
  [
    'a key that an earlier record of the batch takes is waited for',
    { collides: true },
    { kind: 'wait', until: 'batch' },
  ],
  [
    'a row that an earlier record of the batch changes is waited for',
    { hits: [hit('slug', 'r1')], isTouched: (row: string) => row === 'r1' },
    { kind: 'wait', until: 'batch' },
  ],
  [
    'rows that may still change their keys do not make a record ambiguous yet',
    { hits: [hit('slug', 'r1', 'k9'), hit('email', 'r2')], owners: { k9: 'unread' as const } },
    { kind: 'wait', until: 'end' },
  ],
  [
    'a value that another row holds may free up until the end',
    { known: owner, hits: [hit('slug', 'r2')] },
    { kind: 'wait', until: 'end' },
  ],
  [
    'a value that another row still holds in the end is a conflict',
    { known: owner, hits: [hit('slug', 'r2')], phase: 'final' as const },
    { kind: 'conflict', hit: hit('slug', 'r2') },
  ],
  [
    'a value that a record gone from the source holds is waited for until its row is removed',
    { known: owner, hits: [hit('slug', 'r2', 'gone')], phase: 'closing' as const },
    { kind: 'wait', until: 'end' },
  ],
  [
    'also that of a record which itself waits for one',
    {
      known: owner,
      hits: [hit('slug', 'r2', 'k2')],
      owners: { k2: 'unread' as const },
      phase: 'closing' as const,
    },
    { kind: 'wait', until: 'end' },
  ],
  [
    'but not one that somebody else holds as well',
    {
      known: owner,
      hits: [hit('slug', 'r2', 'gone'), hit('email', 'r3', 'k3')],
      owners: { k3: 'settled' as const },
      phase: 'closing' as const,
    },
    { kind: 'conflict', hit: hit('slug', 'r2', 'gone') },
  ],
  [
    'of several rows that a record meets, one may be removed',
    {
      hits: [hit('slug', 'r1', 'gone'), hit('email', 'r2', 'k2')],
      owners: { k2: 'settled' as const },
      phase: 'closing' as const,
    },
    { kind: 'wait', until: 'end' },
  ],
  [
    'where none of them may, it is ambiguous',
    { hits: [hit('slug', 'r1'), hit('email', 'r2')], phase: 'closing' as const },
    { kind: 'ambiguous', hits: [hit('slug', 'r1'), hit('email', 'r2')] },
  ],
  [
    'a duplicate of a record that is settled is one before anything is removed',
    { hits: [hit('slug', 'r1', 'k9')], owners: { k9: 'settled' as const }, phase: 'closing' as const },
    { kind: 'duplicate', rowKey: 'r1', owner: 'k9' },
  ],
  [
    'an unchanged alias is a duplicate as long as its owner is in the source',
    { known: alias, owners: { k9: 'settled' as const } },
    { kind: 'duplicate', rowKey: 'r1', owner: 'k9' },
  ],
  [
    'an unchanged alias waits where the last of several records counts: one may take the row over yet',
    { known: alias, owners: { k9: 'settled' as const }, lastCounts: true },
    { kind: 'wait', until: 'end' },
  ],
  [
    'an unchanged alias is a duplicate in the end where the last of several records counts',
    { known: alias, owners: { k9: 'settled' as const }, lastCounts: true, phase: 'final' as const },
    { kind: 'duplicate', rowKey: 'r1', owner: 'k9' },
  ],
  [
    'an alias takes the row over when its owner is gone',
    { known: alias, owners: { k9: 'absent' as const } },
    { kind: 'row', rowKey: 'r1', adopted: false, formerOwner: 'k9' },
  ],
  [
    'an alias that has changed is matched afresh',
    { known: { ...alias, sameFingerprint: false } },
    { kind: 'new' },
  ],
  [
    'a row we made that somebody deleted is left so',
    { known: { ...owner, rowExists: false } },
    { kind: 'gone', rowKey: 'r1', role: 'deleted' },
  ],
  [
    'a deleted row is made again where the policy says so',
    { known: { ...owner, rowExists: false }, deleted: 'recreate' as const },
    { kind: 'new' },
  ],
  [
    'a deleted row that is back is our row again',
    { known: { ...owner, role: 'deleted' as const } },
    { kind: 'row', rowKey: 'r1', adopted: false, formerOwner: null },
  ],
])('%s', (_, evidence, expected) => {
  expect(match(evidence)).toEqual(expected)
})
