import { expect, test } from 'vitest'
import { decideChange, type Situation } from '../../src/record/decide-change.js'

const adopted = { kind: 'row', rowKey: 'r1', adopted: true, formerOwner: null } as const
const ours = { ...adopted, adopted: false } as const

function decide(
  situation: Partial<Situation> & Pick<Situation, 'match'>,
  adopt: 'update' | 'keep' | 'reject' = 'update',
  duplicates: 'reject' | 'first' | 'last' = 'reject',
) {
  return decideChange({
    differing: [],
    merge: { changed: situation.differing ?? [], conflicts: [] },
    remembered: false,
    policies: { adopt, duplicates, edited: 'keep' },
    nameOf: (rowKey) => rowKey,
    ...situation,
  })
}

test('a new record is inserted', () => {
  expect(decide({ match: { kind: 'new' } })).toEqual({ kind: 'insert' })
})

test('only the columns that differ are updated', () => {
  expect(decide({ match: ours, differing: ['name'] })).toEqual({
    kind: 'update',
    rowKey: 'r1',
    columns: ['name'],
    kept: [],
    overwritten: [],
    formerOwner: null,
  })
})

test('a row that is as the record wants it is left alone, and remembered', () => {
  expect(decide({ match: ours })).toMatchObject({
    kind: 'leave',
    outcome: 'unchanged',
    role: 'owner',
    remember: true,
  })
})

test('what the ledger knows already is not written again', () => {
  expect(decide({ match: ours, remembered: true })).toMatchObject({ kind: 'leave', remember: false })
})

test.each([
  ['update', { kind: 'update', columns: ['name'] }],
  ['keep', { kind: 'leave', outcome: 'kept', role: 'owner' }],
  ['reject', { kind: 'reject', reject: { code: 'exists' } }],
] as const)('a row from before carryover is treated as adopt: %s says', (adopt, expected) => {
  expect(decide({ match: adopted, differing: ['name'] }, adopt)).toMatchObject(expected)
})

test.each([
  ['reject', { kind: 'alias', rowKey: 'r1', remember: true, reject: { code: 'duplicate' } }],
  ['first', { kind: 'alias', rowKey: 'r1', remember: true, reject: undefined }],
  ['last', { kind: 'alias', rowKey: 'r1', remember: true, reject: undefined }],
] as const)('a second record for one row is treated as duplicates: %s says', (duplicates, expected) => {
  expect(
    decide({ match: { kind: 'duplicate', rowKey: 'r1', owner: 'k1' } }, 'update', duplicates),
  ).toMatchObject(expected)
})

test('an ambiguous record is refused, and its keys and rows are named', () => {
  const hits = [
    { key: 'people_email_key', rowKey: 'r1', owner: null },
    { key: 'people_pkey', rowKey: 'r2', owner: null },
  ]
  const decision = decide({ match: { kind: 'ambiguous', hits } })
  expect(decision).toMatchObject({ kind: 'reject', reject: { code: 'ambiguous' } })
  expect(JSON.stringify(decision)).toMatch(/people_email_key at r1, people_pkey at r2/)
})

test('a deleted row that is left so is kept, and remembered as deleted', () => {
  expect(decide({ match: { kind: 'gone', rowKey: 'r1', role: 'deleted' } })).toMatchObject({
    kind: 'leave',
    outcome: 'kept',
    role: 'deleted',
  })
})
