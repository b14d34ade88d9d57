import { beforeEach, expect, test } from 'vitest'
import { rejectsOf } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { promise, type Ground } from './ground.js'
import {
  emptyThings,
  heldThings,
  layThings,
  outcomeOf,
  runThings,
  type Thing,
  type ThingsOutcome,
} from './things.js'

const batches = [1, 2, 100]

const ann: Thing = { key: 'ann', id: 1, slug: 'a', mail: 'a@x', name: 'first' }
const bea: Thing = { key: 'bea', id: 2, slug: 'b', mail: 'A@X', name: 'second' }
const cyd: Thing = { key: 'cyd', id: 3, slug: 'a', name: 'third' }
const dan: Thing = { key: 'dan', id: 4, slug: 'd', name: 'alone' }

promise('of several records for one row, reject refuses all but one', (ground) => {
  beforeEach(() => layThings(ground))

  test('on every run alike, and references to any of their keys reach the row', async () => {
    for (const batch of batches) {
      await emptyThings(ground)
      await ground.source('things', [ann, bea, cyd, dan])
      const first = await runThings(ground, { batch })
      expect(first).toEqual({
        outcomes: { inserted: 2, rejected: 2 },
        rows: { inserted: 2 },
        rejects: { bea: 'duplicate', cyd: 'duplicate' },
      })
      await expectSettled(ground, first)
    }
    await ground.source('links', [{ to: 'ann' }, { to: 'bea' }, { to: 'cyd' }])
    expect(rejectsOf(await ground.run({ only: ['links'] }), 'links')).toEqual({})
    expect(await ground.query('select distinct thing_id from links')).toEqual([{ thing_id: 1 }])
  })

  test.each([
    ['the duplicate is mended', [ann, { ...bea, mail: 'b@x' }]],
    ['the record that stood in its way is mended', [{ ...ann, mail: 'ann@x' }, bea]],
    [
      'both are, and change places',
      [
        { ...bea, mail: 'b@x' },
        { ...ann, mail: 'ann@x' },
      ],
    ],
  ])('it becomes a row of its own when %s', async (_, mended) => {
    for (const batch of batches) {
      for (const records of [mended, mended.toReversed()]) {
        await emptyThings(ground)
        await ground.source('things', [ann, bea])
        expect((await runThings(ground, { batch })).rejects).toEqual({ bea: 'duplicate' })
        await ground.source('things', records)
        expect((await runThings(ground, { batch })).outcomes).toMatchObject({ inserted: 1 })
        expect(Object.keys(await heldThings(ground))).toEqual(['ann', 'bea'])
        await expectSettled(ground, { outcomes: { inserted: 2 }, rows: {}, rejects: {} })
      }
    }
    await ground.source('links', [{ to: 'ann' }, { to: 'bea' }])
    await ground.run({ only: ['links'] })
    expect(await ground.query('select thing_id from links order by 1')).toEqual([
      { thing_id: 1 },
      { thing_id: 2 },
    ])
  })

  test('a row that people renamed keeps its duplicates: nothing is inserted beside it', async () => {
    await ground.source('things', [ann, bea])
    const first = await runThings(ground, {})
    await ground.query(`update things set mail = 'edited@x'`)
    await expectSettled(ground, first)
    expect(await heldThings(ground)).toEqual({ ann: 'a edited@x first' })
  })

  test('a row that people deleted is not made again by a duplicate of it', async () => {
    for (const duplicates of ['reject', 'first', 'last'] as const) {
      await emptyThings(ground)
      await ground.source('things', [ann, bea])
      await runThings(ground, { policies: { duplicates } })
      await ground.query('delete from things')
      for (const batch of [1, 100]) {
        const outcome = await runThings(ground, { batch, policies: { duplicates } })
        expect(outcome).toEqual({ outcomes: { kept: 2 }, rows: {}, rejects: {} })
      }
    }
  })

  test('a duplicate that the table would refuse as well is told the reason that mends it, first and later', async () => {
    const bad = { ...bea, name: 'bad' }
    for (const records of [
      [bad, ann],
      [ann, bad],
    ]) {
      for (const duplicates of ['reject', 'first', 'last'] as const) {
        await emptyThings(ground)
        await ground.source('things', records)
        const first = await runThings(ground, { policies: { duplicates } })
        expect(first).toEqual({
          outcomes: { inserted: 1, rejected: 1 },
          rows: { inserted: 1 },
          rejects: { bea: 'check name' },
        })
        await expectSettled(ground, first, duplicates)
      }
    }
  })
})

promise('of several records for one row, last takes the last', (ground) => {
  beforeEach(() => layThings(ground))
  const policies = { duplicates: 'last' } as const

  test('it gives the row its values and owns it, the others are duplicates, on every run alike', async () => {
    for (const batch of batches) {
      for (const records of [
        [ann, cyd, dan],
        [cyd, dan, ann],
        [dan, ann, cyd],
      ]) {
        await emptyThings(ground)
        await ground.source('things', records)
        const first = await runThings(ground, { batch, policies })
        expect(first).toEqual({
          outcomes: { inserted: 2, duplicate: 1 },
          rows: { inserted: 2, updated: 1 },
          rejects: {},
        })
        const last = records.findLast(({ key }) => key !== 'dan')
        const values = last === ann ? { ann: 'a a@x first' } : { cyd: 'a third' }
        expect(await heldThings(ground)).toEqual({ ...values, dan: 'd alone' })
        await expectSettled(ground, first, 'last')
      }
    }
    await ground.source('links', [{ to: 'ann' }, { to: 'cyd' }])
    await ground.run({ only: ['links'] })
    expect(await ground.query('select count(distinct thing_id) as n from links')).toEqual([
      { n: ground.engine === 'sqlite' ? 1 : '1' },
    ])
  })

  test('of three, and the row changes hands once', async () => {
    const three = [ann, { ...bea, slug: 'a', mail: null }, cyd]
    for (const batch of batches) {
      await emptyThings(ground)
      await ground.source('things', three)
      const first = await runThings(ground, { batch, policies })
      expect(first).toEqual({
        outcomes: { inserted: 1, duplicate: 2 },
        rows: { inserted: 1, updated: 1 },
        rejects: {},
      })
      expect(await heldThings(ground)).toEqual({ cyd: 'a third' })
      await expectSettled(ground, first, 'last')

      await ground.source('things', [{ ...ann, name: 'changed' }, ...three.slice(1)])
      const earlier = await runThings(ground, { batch, policies })
      expect(earlier).toEqual({ outcomes: { unchanged: 1, duplicate: 2 }, rows: {}, rejects: {} })

      await ground.source('things', [...three.slice(0, 2), { ...cyd, name: 'changed' }])
      const last = await runThings(ground, { batch, policies })
      expect(last).toEqual({ outcomes: { updated: 1, duplicate: 2 }, rows: { updated: 1 }, rejects: {} })
      expect(await heldThings(ground)).toEqual({ cyd: 'a changed' })

      await ground.source('things', three.slice(0, 2))
      const gone = await runThings(ground, { batch, policies })
      expect(gone.outcomes).toEqual({ updated: 1, duplicate: 1 })
      expect(await heldThings(ground)).toEqual({ bea: 'a second' })
      await expectSettled(ground, gone, 'last')
    }
  })

  test('a duplicate of an earlier run stays one where a new record takes the row over with other keys', async () => {
    const eve: Thing = { key: 'eve', id: 5, slug: 'a', mail: 'e@x', name: 'fifth' }
    for (const batch of batches) {
      await emptyThings(ground)
      await ground.source('things', [cyd, ann])
      await runThings(ground, { batch, policies })
      await ground.source('things', [cyd, ann, eve])
      const outcome = await runThings(ground, { batch, policies })
      expect(outcome.outcomes).toEqual({ updated: 1, duplicate: 2 })
      expect(await heldThings(ground)).toEqual({ eve: 'a e@x fifth' })
      await expectSettled(ground, outcome, 'last')
    }
  })

  test('whichever was last on an earlier run', async () => {
    for (const batch of batches) {
      await emptyThings(ground)
      for (const [records, held] of [
        [[ann, cyd], { cyd: 'a third' }],
        [[cyd, ann], { ann: 'a a@x first' }],
        [[ann, cyd], { cyd: 'a third' }],
      ] as const) {
        await ground.source('things', records)
        const outcome = await runThings(ground, { batch, policies })
        expect(outcome.outcomes.duplicate).toBe(1)
        expect(await heldThings(ground)).toEqual(held)
        await expectSettled(ground, outcome, 'last')
      }
    }
  })

  test('a row that was there before and is to stay as it was stays, whoever of them owns it', async () => {
    for (const batch of batches) {
      await emptyThings(ground)
      await ground.query(`insert into things (id, slug, name) values (9, 'a', 'people')`)
      await ground.source('things', [ann, cyd])
      const outcome = await runThings(ground, { batch, policies: { ...policies, adopt: 'keep' } })
      expect(outcome).toEqual({ outcomes: { kept: 1, duplicate: 1 }, rows: {}, rejects: {} })
      expect(await heldThings(ground)).toEqual({ cyd: 'a people' })
    }
  })

  test('a last record that is refused leaves the row to the one before it', async () => {
    for (const batch of batches) {
      await emptyThings(ground)
      await ground.source('things', [ann, { ...cyd, name: 'bad' }])
      const first = await runThings(ground, { batch, policies })
      expect(first.rejects).toEqual({ cyd: 'check name' })
      expect(await heldThings(ground)).toEqual({ ann: 'a a@x first' })
      await expectSettled(ground, first, 'last')
    }
  })

  test('two records with the same legacy key stay what they are: the first is taken', async () => {
    await ground.source('things', [ann, { ...ann, name: 'again' }])
    expect((await runThings(ground, { policies })).rejects).toEqual({ ann: 'duplicate_key' })
    expect(await heldThings(ground)).toEqual({ ann: 'a a@x first' })
  })
})

/** Later runs, in batches of any size, write nothing and come to the same: what was written is unchanged now. */
async function expectSettled(
  ground: Ground,
  first: ThingsOutcome,
  duplicates: 'reject' | 'first' | 'last' = 'reject',
): Promise<void> {
  const { inserted = 0, updated = 0, unchanged = 0, ...others } = first.outcomes
  const before = await everythingButRuns(ground)
  const expected = {
    outcomes: { ...others, unchanged: inserted + updated + unchanged },
    rows: {},
    rejects: first.rejects,
  }
  const policies = { duplicates }
  expect(await runThings(ground, { policies })).toEqual(expected)
  for (const batch of [1, 2])
    expect(outcomeOf(await ground.run({ batch, policies, only: ['things'] }))).toEqual(expected)
  expect(await everythingButRuns(ground)).toEqual(before)
}
