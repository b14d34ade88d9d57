import { beforeEach, expect, test, vi } from 'vitest'
import { comparable } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { promise, type Ground } from './ground.js'
import { emptyHouses, heldHouses, layHouses, type Guest, type House } from './houses.js'

// Each rule is planned, run and run again in batches of two sizes, with the records in both orders.
vi.setConfig({ testTimeout: 240_000 })

/** What the source has in one run, and what somebody does before it. */
interface Step {
  houses: House[]
  guests?: Guest[]
  before?: string
}

type Policies = NonNullable<NonNullable<Parameters<Ground['run']>[0]>['policies']>

/** Runs the steps one after the other, the last of several in either order: it ends with these rows, and a rerun writes nothing. */
async function expectRows(ground: Ground, steps: Step[], rows: string[], policies: Policies): Promise<void> {
  const only = ['houses', 'guests']
  const last = steps.at(-1) as Step
  const turned = { houses: last.houses.toReversed(), guests: last.guests?.toReversed() ?? [] }
  for (const end of steps.length === 1 ? [last] : [last, { ...last, ...turned }]) {
    for (const batch of [1, 100]) {
      await emptyHouses(ground)
      for (const step of steps.slice(0, -1)) {
        await laySources(ground, step)
        expect((await ground.run({ only, batch, policies })).errors).toEqual([])
      }
      await laySources(ground, end)
      const planned = await ground.plan({ only, batch, policies })
      const done = await ground.run({ only, batch, policies })
      expect(done.errors).toEqual([])
      for (const { verification } of done.pipelines) expect(verification).toMatchObject({ ok: true })
      expect(comparable(planned)).toEqual(comparable(done))
      expect(await heldHouses(ground)).toEqual(rows)
      const held = await everythingButRuns(ground)
      expect((await ground.run({ only, batch: 2, policies })).errors).toEqual([])
      expect(await everythingButRuns(ground)).toEqual(held)
    }
  }
}

async function laySources(ground: Ground, { houses, guests = [], before }: Step): Promise<void> {
  if (before !== undefined) await ground.query(before)
  await ground.source('houses', houses)
  await ground.source('guests', guests)
}

const oak: House = { id: 'oak', slug: 'o' }
const elm: House = { id: 'elm', slug: 'e' }
/** Has the slug of the oak, as long as it is not given another one. */
const twin: House = { id: 'twin', slug: 'o' }
const den: House = { id: 'den', slug: 'd', parent: 'twin', links: ['twin', 'elm'] }
const first = { duplicates: 'first' } as const

promise('a reference to what was a duplicate in an earlier run leads to', (ground) => {
  beforeEach(() => layHouses(ground))

  test.each(['reject', 'first', 'last'] as const)(
    'the row of its own that it gets now, where of duplicates it is %s',
    async (duplicates) => {
      const third = { ...twin, id: 'third' }
      const now = [oak, den, third, elm, { ...twin, slug: 't' }]
      const rows = ['d < t: e t', 'e', 'o', 't']
      await expectRows(ground, [{ houses: [oak, twin, third, elm] }, { houses: now }], rows, { duplicates })
      const known = [{ houses: [oak, den, twin, third, elm] }, { houses: now }]
      await expectRows(ground, known, rows, { duplicates })
    },
  )

  test('the row of yet another record that it shares now', async () => {
    const shed: House = { id: 'shed', slug: 's', links: ['twin'] }
    const steps = [{ houses: [oak, twin, elm] }, { houses: [oak, shed, den, { ...twin, slug: 'e' }, elm] }]
    await expectRows(ground, steps, ['d < e: e e', 'e', 'o', 's: e'], first)
  })

  test('the row that it has shared since the same run, also from a row below a record', async () => {
    const shed: House = { id: 'shed', slug: 's', links: ['twin'] }
    await expectRows(ground, [{ houses: [oak, shed, twin, elm] }], ['e', 'o', 's: o'], first)
  })

  test('the row that it goes on sharing, also where it is gone from the source or refused there', async () => {
    for (const houses of [
      [den, twin, oak, elm],
      [den, oak, elm],
      [den, { ...twin, slug: null as never }, oak, elm],
    ])
      await expectRows(ground, [{ houses: [oak, twin, elm] }, { houses }], ['d < o: e o', 'e', 'o'], first)
  })

  test('the row that it shares now, having lost one of its own', async () => {
    const steps = [
      { houses: [oak, { ...twin, slug: 't' }, elm] },
      { houses: [oak, den, twin, elm], before: `delete from houses where slug = 't'` },
    ]
    await expectRows(ground, steps, ['d < o: e o', 'e', 'o'], { ...first, deleted: 'recreate' })
  })

  test('the right one over several of them', async () => {
    const steps = [
      { houses: [oak, twin, { id: 'third', slug: 'o' }, elm] },
      {
        houses: [
          { ...den, parent: 'third' },
          oak,
          { id: 'third', slug: 'x', parent: 'twin', links: ['twin'] },
          { ...twin, slug: 't', parent: 'oak' },
          elm,
        ],
      },
    ]
    await expectRows(ground, steps, ['d < x: e t', 'e', 'o', 't < o', 'x < t: t'], first)
  })

  test('the right one from within a circle, or from itself', async () => {
    const third: House = { id: 'third', slug: 'o', parent: 'twin' }
    const circle = { houses: [oak, { ...twin, parent: 'third' }, third, elm] }
    const itself = { houses: [oak, { ...twin, parent: 'twin' }, elm] }
    for (const duplicates of ['reject', 'first'] as const)
      for (const step of [circle, itself]) await expectRows(ground, [step], ['e', 'o'], { duplicates })
    const apart = [{ ...twin, slug: 't', parent: 'third' }, oak, { ...third, slug: 'x' }, elm]
    await expectRows(ground, [circle, { houses: apart }], ['e', 'o', 't < x', 'x < t'], first)
    const changed = [oak, { ...twin, code: 'x', parent: 'twin' }, elm]
    await expectRows(ground, [itself, { houses: changed }], ['e', 'o'], { duplicates: 'reject' })
    const alone = [oak, { ...twin, slug: 't', parent: 'twin' }, elm]
    await expectRows(ground, [itself, { houses: alone }], ['e', 'o', 't < t'], first)
  })

  test('the right one from other pipelines, whichever runs first', async () => {
    const ann: Guest = { id: 'ann', mail: 'ann@x', home: 'twin' }
    const eve: Guest = { id: 'eve', mail: 'ann@x', home: 'oak' }
    const kept = { ...oak, keeper: 'eve' }
    const steps = [
      { houses: [kept, twin], guests: [ann, eve] },
      { houses: [kept, { ...twin, slug: 't' }], guests: [ann, { ...eve, mail: 'eve@x' }] },
    ]
    await expectRows(ground, steps, ['o, kept by eve@x', 't', 'ann@x in t', 'eve@x in o'], first)
  })
})

promise('where the last of several records counts, who gave the row up stays a duplicate of it', (ground) => {
  beforeEach(() => layHouses(ground))

  test('also when the row changes hands twice, since the last one refers to itself', async () => {
    const last: House = { id: 'last', slug: 'o', code: '2', parent: 'last' }
    const houses = [{ ...oak, code: '1' }, twin, last, elm]
    for (const batch of [1, 100]) {
      await emptyHouses(ground)
      await ground.source('houses', houses)
      const options = { only: ['houses'], batch, policies: { duplicates: 'last' } } as const
      const done = await ground.run(options)
      expect(done.pipelines[0]?.outcomes).toMatchObject({ inserted: 2, duplicate: 2 })
      expect(await heldHouses(ground)).toEqual(['e', 'o < o'])
      const held = await everythingButRuns(ground)
      await ground.run(options)
      expect(await everythingButRuns(ground)).toEqual(held)
    }
  })
})
