import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { promise } from './ground.js'

interface Person {
  id: number
  email: string
  handle?: string
  nickname?: string
}

promise('edits of unique values survive', (ground) => {
  /** Runs with these people; every run's plan says the same. */
  const runWith = async (...people: Person[]): Promise<RunReport['pipelines'][number]> => {
    await ground.source('people', people)
    const plan = await ground.plan({ only: ['people'] })
    const report = await ground.run({ only: ['people'] })
    expect(comparable(plan)).toEqual(comparable(report))
    return report.pipelines.at(-1) as RunReport['pipelines'][number]
  }
  const rows = () => ground.query(`select email, handle, nickname from people order by email`)
  const ada = { id: 1, email: 'a', handle: 'ha' }
  const bob = { id: 2, email: 'b', handle: 'hb' }

  test('values that two rows swapped by hand stay swapped', async () => {
    await runWith(ada, bob)
    for (const [handle, email] of [
      ['x', 'a'],
      ['ha', 'b'],
      ['hb', 'a'],
    ])
      await ground.query(`update people set handle = '${handle}' where email = '${email}'`)
    const report = await runWith({ ...ada, nickname: 'A' }, { ...bob, nickname: 'B' })
    expect(report.outcomes).toMatchObject({ updated: 2 })
    expect(report.warnings).toEqual([])
    expect(await rows()).toEqual([
      { email: 'a', handle: 'hb', nickname: 'A' },
      { email: 'b', handle: 'ha', nickname: 'B' },
    ])
  })

  test('a value that was edited away may be somebody else’s by now', async () => {
    await runWith(ada)
    await ground.query(`update people set handle = 'edited'`)
    await ground.query(
      `insert into people (id, email, handle) values ('00000000-0000-4000-8000-000000000001', 'new', 'ha')`,
    )
    const report = await runWith({ ...ada, nickname: 'A' })
    expect(report).toMatchObject({ outcomes: { updated: 1 }, warnings: [] })
    expect(await rows()).toEqual([
      { email: 'a', handle: 'edited', nickname: 'A' },
      { email: 'new', handle: 'ha', nickname: null },
    ])
  })

  test('an edited value is free for nobody, whatever else of its row changes', async () => {
    await runWith(ada, bob)
    await ground.query(`update people set handle = 'vip' where email = 'b'`)
    const report = await runWith({ ...ada, handle: 'vip' }, { ...bob, nickname: 'B' })
    expect(report).toMatchObject({
      outcomes: { updated: 1, rejected: 1 },
      rejects: [{ code: 'unique_conflict' }],
    })
    expect(await rows()).toEqual([
      { email: 'a', handle: 'ha', nickname: null },
      { email: 'b', handle: 'vip', nickname: 'B' },
    ])
  })

  test('a ring that leads over an edited value is none', async () => {
    await runWith(ada, bob)
    await ground.query(`update people set handle = 'vip' where email = 'b'`)
    const report = await runWith({ ...ada, email: 'a2', handle: 'vip' }, { ...bob, email: 'a' })
    expect(report).toMatchObject({ outcomes: { rejected: 2 } })
    expect(await rows()).toEqual([
      { email: 'a', handle: 'ha', nickname: null },
      { email: 'b', handle: 'vip', nickname: null },
    ])
  })

  test('values that the source exchanges are exchanged, and what was edited beside them stays', async () => {
    await runWith({ ...ada, nickname: 'A' }, { ...bob, nickname: 'B' })
    await ground.query(`update people set nickname = 'edited' where email = 'b'`)
    const report = await runWith(
      { ...ada, handle: 'hb', nickname: 'A2' },
      { ...bob, handle: 'ha', nickname: 'B2' },
    )
    expect(report).toMatchObject({
      outcomes: { updated: 2 },
      warnings: [{ code: 'kept', column: 'nickname', count: 1 }],
    })
    expect(await rows()).toEqual([
      { email: 'a', handle: 'hb', nickname: 'A2' },
      { email: 'b', handle: 'ha', nickname: 'edited' },
    ])
  })
})
