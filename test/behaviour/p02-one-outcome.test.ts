import { expect, test } from 'vitest'
import { promise } from './ground.js'

promise('every record has one outcome', (ground) => {
  test('the outcomes add up to the number of records read', async () => {
    await ground.source('organizations', [
      { id: 1, slug: 'default', name: 'Default' },
      { id: 'acme', slug: 'acme', name: 'Acme' },
    ])
    await ground.source('people', [
      {
        id: 1,
        email: 'ada@example.org',
        handle: 'Ada',
        org: 1,
        age: 36,
        balance: '10.5',
        joined: '2021-07-01 12:00',
      },
      { id: 2, email: 'ada@example.org' },
      { id: 2, email: 'other@example.org' },
      { id: 3, email: 'bob@example.org', handle: 'ADA' },
      { id: 4, email: 'cyd@example.org', org: 'nowhere' },
      { id: 5, email: 'dan@example.org', age: -1 },
      { id: 6, email: 'eve@example.org', nickname: 'much too long' },
      { id: 7, email: 7 },
      { id: 8, email: 'fay@example.org', profile: { b: 1, a: [1, 2] } },
    ])
    await ground.source('tickets', [
      { id: 10, title: 'first', author: 1 },
      { id: 40, title: 'second', author: 8 },
      { id: 41, title: null },
    ])
    const report = await ground.run()
    expect(report.errors).toEqual([])
    for (const pipeline of report.pipelines) {
      const sum = Object.values(pipeline.outcomes).reduce((total, count) => total + count, 0)
      expect(sum).toBe(pipeline.source.records)
    }
    const people = report.pipelines.find((pipeline) => pipeline.name === 'people')
    expect(people?.rejects.map(({ code, column, count }) => ({ code, column, count }))).toEqual([
      { code: 'check', column: 'age', count: 1 },
      { code: 'duplicate', column: undefined, count: 2 },
      { code: 'duplicate_key', column: undefined, count: 1 },
      { code: 'invalid_record', column: 'email', count: 1 },
      { code: 'missing_reference', column: 'organization_id', count: 1 },
      { code: 'too_long', column: 'nickname', count: 1 },
    ])
    expect(report.totals).toMatchObject({ inserted: 6, rejected: 8 })
    expect(report.exitCode).toBe(4)
  })
})
