import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { undo } from '../../src/index.js'
import { comparable } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { promise, type Ground } from './ground.js'

const organizations = [
  { id: 1, slug: 'north', name: 'North' },
  { id: 2, slug: 'south', name: 'South' },
]
const people = [
  { id: 1, email: 'ada@example.org', nickname: 'Ada', org: 1 },
  { id: 2, email: 'bob@example.org', nickname: 'Bob', org: 2 },
  { id: 3, email: 'cem@example.org', nickname: 'Cem' },
]

/** How many records of each pipeline a run did not map. */
function untouched({ pipelines, errors }: RunReport): Record<string, number> {
  expect(errors).toEqual([])
  return Object.fromEntries(pipelines.map(({ name, source }) => [name, source.untouched ?? 0]))
}

function outcomesOf({ pipelines }: RunReport, name: string) {
  const found =
    pipelines.find((pipeline) => pipeline.name === name)?.outcomes ?? ({} as Record<string, number>)
  return Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0))
}

async function layPeople(ground: Ground): Promise<void> {
  await ground.source('organizations', organizations)
  await ground.source('people', people)
  await ground.run()
}

promise('what has not changed is not mapped again', (ground) => {
  test('files that nobody touched', async () => {
    await layPeople(ground)
    const again = await ground.run()
    expect(untouched(again)).toEqual({ organizations: 2, people: 3, tickets: 0 })
    const full = await ground.run({ full: true })
    expect(untouched(full)).toEqual({ organizations: 0, people: 0, tickets: 0 })
    expect(comparable(again)).toEqual(comparable(full))
  })

  test('records that are what they were, in a file that was written again', async () => {
    await layPeople(ground)
    await ground.file('data/people.json', JSON.stringify(people.toReversed(), null, 4))
    const again = await ground.run()
    expect(untouched(again)).toMatchObject({ people: 3 })
    expect(outcomesOf(again, 'people')).toEqual({ unchanged: 3 })
  })

  test('a record that changed is mapped, and the others are not', async () => {
    await layPeople(ground)
    await ground.source(
      'people',
      people.map((one) => (one.id === 2 ? { ...one, nickname: 'Bobby' } : one)),
    )
    const again = await ground.run()
    expect(untouched(again)).toMatchObject({ people: 2 })
    expect(outcomesOf(again, 'people')).toEqual({ updated: 1, unchanged: 2 })
  })

  test('a field that no column reads: nothing is written for it, and a run with --full learns it', async () => {
    await layPeople(ground)
    const seen = people.map((one) => ({ ...one, seen: 'today' }))
    await ground.source('people', seen)
    const before = await everythingButRuns(ground)
    expect(untouched(await ground.run())).toMatchObject({ people: 0 })
    expect(await everythingButRuns(ground)).toEqual(before)
    await ground.run({ full: true })
    await ground.file('data/people.json', JSON.stringify(seen, null, 1))
    expect(untouched(await ground.run())).toMatchObject({ people: 3 })
  })

  test('a changed mapping is never missed, nor one that is taken back', async () => {
    await layPeople(ground)
    const mapping = await ground.read('pipelines/people.ts')
    await ground.file(
      'pipelines/people.ts',
      mapping.replace("nickname: 'nickname'", 'nickname: ({ nickname }) => nickname?.toUpperCase()'),
    )
    expect(outcomesOf(await ground.run(), 'people')).toEqual({ updated: 3 })
    expect(untouched(await ground.run())).toMatchObject({ people: 3 })
    await ground.file('pipelines/people.ts', mapping)
    expect(outcomesOf(await ground.run({ allowOlder: true }), 'people')).toEqual({ updated: 3 })
  })

  test('nor a record that was away, or refused, while the mapping changed', async () => {
    await layPeople(ground)
    const mapping = await ground.read('pipelines/people.ts')
    await ground.source('people', [people[0], { ...people[1], email: 7 }])
    await ground.file(
      'pipelines/people.ts',
      mapping.replace("nickname: 'nickname'", 'nickname: ({ nickname }) => nickname?.toUpperCase()'),
    )
    expect(outcomesOf(await ground.run(), 'people')).toEqual({ updated: 1, rejected: 1 })
    await ground.source('people', people)
    expect(outcomesOf(await ground.run(), 'people')).toEqual({ updated: 2, unchanged: 1 })
  })

  test('a mapping that reads the environment is always asked', async () => {
    const mapping = await ground.read('pipelines/people.ts')
    await ground.file(
      'pipelines/people.ts',
      mapping.replace("nickname: 'nickname'", "nickname: () => process.env['NICKNAME_OF_ALL'] ?? null"),
    )
    await layPeople(ground)
    process.env['NICKNAME_OF_ALL'] = 'friend'
    try {
      expect(outcomesOf(await ground.run(), 'people')).toEqual({ updated: 3 })
    } finally {
      delete process.env['NICKNAME_OF_ALL']
    }
  })

  test('a row that somebody deleted is noticed', async () => {
    await layPeople(ground)
    await ground.query(`delete from people where email = 'bob@example.org'`)
    const again = await ground.run({ policies: { deleted: 'recreate' } })
    expect(outcomesOf(again, 'people')).toEqual({ inserted: 1, unchanged: 2 })
  })

  test('rows that are referred to and move are followed', async () => {
    await layPeople(ground)
    await ground.query(`update people set organization_id = null`)
    await ground.query(`delete from organizations where slug = 'north'`)
    await ground.query(
      `insert into organizations (id, slug, name) values ('00000000-0000-4000-8000-000000000001', 'north', 'North')`,
    )
    const again = await ground.run({ policies: { deleted: 'recreate', edited: 'overwrite' } })
    expect(again.errors).toEqual([])
    const [ada] = await ground.query(
      `select organization_id as id from people where email = 'ada@example.org'`,
    )
    expect(ada?.['id']).toBe('00000000-0000-4000-8000-000000000001')
  })

  test('what an undo took back comes again', async () => {
    await layPeople(ground)
    const first = await ground.run({ full: true })
    await ground.source(
      'people',
      people.map((one) => ({ ...one, nickname: 'x' })),
    )
    const { runId } = await ground.run()
    expect((await undo({ ...ground.options, runId: runId as number })).errors).toEqual([])
    const again = await ground.run()
    expect(first.status).toBe('ok')
    expect(outcomesOf(again, 'people')).toEqual({ updated: 3 })
  })

  test('a second record of a key is refused each time', async () => {
    await layPeople(ground)
    await ground.source('people', [...people, people[0]])
    expect(outcomesOf(await ground.run(), 'people')).toEqual({ unchanged: 3, rejected: 1 })
    expect(outcomesOf(await ground.run(), 'people')).toEqual({ unchanged: 3, rejected: 1 })
  })

  test('nothing is removed for want of a look', async () => {
    await layPeople(ground)
    const policies = { missing: 'delete' } as const
    expect(outcomesOf(await ground.run({ policies }), 'people')).toEqual({ unchanged: 3 })
    expect(outcomesOf(await ground.run({ policies }), 'people')).toEqual({ unchanged: 3 })
    await ground.source('people', people.slice(1))
    for (const _ of [1, 2]) {
      const { errors } = await ground.run({ policies })
      expect(errors).toMatchObject([{ code: 'run.removals' }])
    }
    const mapping = await ground.read('pipelines/people.ts')
    await ground.file(
      'pipelines/people.ts',
      mapping.replace("key: 'id',", "key: 'id', limits: { removals: '100%' },"),
    )
    await ground.source('people', people)
    await ground.run({ policies })
    await ground.source('people', people.slice(1))
    expect(outcomesOf(await ground.run({ policies }), 'people')).toEqual({ unchanged: 2, removed: 1 })
  })
})
