import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everythingButRuns } from './everything.js'
import { layGround, type Ground } from './ground.js'
import { emptyThings, heldThings, layThings, outcomeOf, runThings, type Thing } from './things.js'

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** A second export of the same records: each takes the slug and the mail address of some record of the first. */
const permuted = fc.record({
  slugs: fc.shuffledSubarray(keys, { minLength: keys.length }),
  mails: fc.shuffledSubarray(keys, { minLength: keys.length }),
  order: fc.shuffledSubarray(keys, { minLength: keys.length }),
  gone: fc.subarray(keys, { maxLength: 2 }),
  added: fc.boolean(),
  batch: fc.constantFrom(1, 2, 3, 100),
})

/** Who lands: all whose values no row keeps that belongs to a record that is gone or does not land. */
function landing(export2: ReadonlyMap<string, Thing>): Set<string> {
  const lands = new Set(export2.keys())
  const isFree = (value: string) => lands.has(value)
  for (let before = -1; before !== lands.size;) {
    before = lands.size
    for (const [key, { slug, mail }] of export2) {
      const wanted = [slug, String(mail).slice(0, 1)].filter((value) => value !== key && keys.includes(value))
      if (!wanted.every(isFree)) lands.delete(key)
    }
  }
  return lands
}

const few = fc.constantFrom('a', 'b', 'c', 'd')
const colliding = fc.uniqueArray(
  fc.record({
    key: fc.constantFrom(...keys),
    id: fc.integer({ min: 1, max: 9 }),
    slug: few,
    mail: fc.option(few, { nil: null }),
    name: fc.constantFrom('one', 'two'),
  }),
  { selector: (thing) => thing.key, maxLength: 7 },
)

test.each(['sqlite', 'postgres'] as const)(
  'values that are dealt anew at random arrive, but for those that rows of nobody keep, on %s',
  async (engine) => {
    const ground = await layGround(engine)
    await layThings(ground)
    const id = (key: string) => keys.indexOf(key) + 1
    const first = keys.map((key) => ({ key, id: id(key), slug: key, mail: `${key}@x` }))
    await fc.assert(
      fc.asyncProperty(permuted, async ({ slugs, mails, order, gone, added, batch }) => {
        const second = new Map<string, Thing>()
        for (const key of order.filter((one) => !gone.includes(one))) {
          const at = keys.indexOf(key)
          second.set(key, { key, id: id(key), slug: slugs[at] as string, mail: `${mails[at]}@X` })
        }
        const fresh: Thing[] = added ? [{ key: 'new', id: 99, slug: 'new', mail: null }] : []
        await emptyThings(ground)
        await ground.source('things', first)
        await ground.run({ only: ['things'] })
        await ground.source('things', [...second.values(), ...fresh])
        await runThings(ground, { batch })
        const lands = landing(second)
        const expected = keys.map((key) => {
          const { slug, mail } = second.get(key) ?? { slug: key, mail: `${key}@x` }
          return [key, lands.has(key) ? `${slug} ${mail}` : `${key} ${key}@x`]
        })
        expect(await heldThings(ground)).toEqual(
          Object.fromEntries([...expected, ...fresh.map(({ key, slug }) => [key, slug])]),
        )
        await expectSettled(ground, {})
      }),
      { numRuns: 12, endOnFailure: true }, // making the example smaller takes minutes
    )
  },
  600_000,
)

test.each(['sqlite', 'postgres'] as const)(
  'exports that collide at random come out the same in batches of any size, and a rerun changes nothing, on %s',
  async (engine) => {
    const ground = await layGround(engine)
    await layThings(ground)
    await fc.assert(
      fc.asyncProperty(
        colliding,
        colliding,
        fc.constantFrom('reject', 'first', 'last'),
        async (export1, export2, duplicates) => {
          const policies = { duplicates } as const
          const results: unknown[] = []
          for (const batch of [1, 2, 3, 100]) {
            await emptyThings(ground)
            const steps: unknown[] = []
            for (const records of [export1, export2]) {
              await ground.source('things', records)
              steps.push(await runThings(ground, { batch, policies }), await heldThings(ground))
              const owners = Object.entries(await heldThings(ground))
              for (const [key, values] of owners) {
                const own = records.find((record) => record.key === key)
                // Whoever owns a row and was not refused gave it its values.
                if (own !== undefined && !(key in outcomesAt(steps)))
                  expect(values).toBe(
                    [own.slug, own.mail, own.name].filter((value) => value !== null).join(' '),
                  )
              }
            }
            results.push(steps)
            await expectSettled(ground, { policies, batch })
          }
          for (const result of results) expect(result).toEqual(results[0])
        },
      ),
      { numRuns: 6, endOnFailure: true }, // making the example smaller takes minutes
    )
  },
  600_000,
)

function outcomesAt(steps: readonly unknown[]): Record<string, string> {
  return (steps.at(-2) as { rejects: Record<string, string> }).rejects
}

/** A later run writes nothing, and refuses whom the one before refused. */
async function expectSettled(ground: Ground, options: Parameters<Ground['run']>[0]): Promise<void> {
  const before = await everythingButRuns(ground)
  const report = await ground.run({ ...options, only: ['things'] })
  expect(outcomeOf(report).rows).toEqual({})
  expect(await everythingButRuns(ground)).toEqual(before)
}
