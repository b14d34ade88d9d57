import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { legacy } from './fixture-data.js'
import { layGround, type Ground } from './ground.js'

/** What happens to a project: each step ends in a report. */
interface Story {
  title: string
  steps: readonly ((ground: Ground) => Promise<RunReport>)[]
}

const load = async (ground: Ground, data: Partial<Record<keyof typeof legacy, unknown[]>>) => {
  for (const [name, records] of Object.entries(data)) await ground.source(name, records)
}

const organization = (id: string | number, slug: string, name = slug) => ({ id, slug, name })
const person = (id: string | number, rest: object = {}) => ({ id, email: `${id}@example.org`, ...rest })

const stories: Story[] = [
  {
    title: 'a first load with everything in it, its plan, its rerun and its verification',
    steps: [
      async (ground) => {
        await load(ground, legacy)
        return ground.plan()
      },
      (ground) => ground.run(),
      (ground) => ground.run(),
      (ground) => ground.plan(),
      (ground) => ground.verify(),
    ],
  },
  {
    title: 'values that a column does not take',
    steps: [
      async (ground) => {
        await load(ground, {
          people: [
            person(1, { age: 2 ** 31 }),
            person(2, { age: 1.5 }),
            person(3, { balance: '123456789.00' }),
            person(4, { balance: '1.005' }),
            person(5, { balance: 'a lot' }),
            person(6, { nickname: 'ten chars!' }),
            person(7, { nickname: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦' }),
            person(8, { nickname: 'nul\0' }),
            person(9, { nickname: '\ud800' }),
            person(10, { joined: '2021-02-30' }),
            person(11, { joined: '2021-03-28 02:30' }),
            person(12, { joined: '1999-12-31T23:59:59.9999999Z' }),
            person(13, { profile: { nested: ['a\0b'] } }),
            person(14, { profile: null }),
            person(15, { profile: 'text' }),
            person(16, { age: -1 }),
          ],
        })
        return ground.run()
      },
      (ground) => ground.run(),
    ],
  },
  {
    title: 'a new export with new keys for the same things, and references by the old ones',
    steps: [
      async (ground) => {
        await load(ground, {
          organizations: [organization(1, 'a'), organization(2, 'b')],
          people: [person(1, { org: 1 }), person(2, { org: 2 })],
        })
        return ground.run()
      },
      async (ground) => {
        await load(ground, {
          organizations: [organization('n2', 'b', 'B!'), organization('n1', 'a')],
          people: [person(1, { org: 1 }), person(2, { org: 'n2' }), person(3, { org: 'n1' })],
        })
        return ground.run()
      },
      (ground) => ground.run(),
    ],
  },
  {
    title: 'changes, values that change hands, rows that are gone',
    steps: [
      async (ground) => {
        await load(ground, {
          organizations: [organization(1, 'a'), organization(2, 'b'), organization(3, 'c')],
          tickets: [
            { id: 7, title: 'x' },
            { id: 9, title: 'y' },
          ],
        })
        return ground.run()
      },
      async (ground) => {
        await ground.query(`delete from tickets where id = 7`)
        await load(ground, {
          organizations: [organization(1, 'b'), organization(2, 'd'), organization(3, 'c', 'C!')],
          tickets: [
            { id: 7, title: 'x' },
            { id: 9, title: 'z' },
            { id: 11, title: 'new' },
          ],
        })
        return ground.plan()
      },
      (ground) => ground.run(),
      (ground) => ground.run(),
    ],
  },
  {
    title: 'rows that were there before',
    steps: [
      async (ground) => {
        await ground.query(
          `insert into organizations (id, slug, name) values
             ('00000000-0000-4000-8000-000000000001', 'a', 'old name'),
             ('00000000-0000-4000-8000-000000000002', 'b', 'b')`,
        )
        await load(ground, {
          organizations: [
            organization(1, 'a'),
            organization(2, 'b'),
            organization('00000000-0000-4000-8000-000000000001', 'b'),
          ],
        })
        return ground.run()
      },
      (ground) => ground.verify(),
    ],
  },
]

test.each(stories)('$title: the same report on both engines', async ({ steps }) => {
  const [sqlite, postgres] = [await layGround('sqlite'), await layGround('postgres')]
  for (const step of steps) {
    expect(comparable(await step(sqlite))).toEqual(comparable(await step(postgres)))
  }
})

/** A report without what differs from run to run: the target and the times. */
function comparable(report: RunReport): unknown {
  const own = { target: null, startedAt: null, finishedAt: null, durationMs: null }
  const pipelines = report.pipelines.map((pipeline) => ({
    ...pipeline,
    durationMs: null,
    recordsPerSecond: null,
  }))
  return { ...report, ...own, pipelines }
}
