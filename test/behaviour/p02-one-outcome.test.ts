import { expect, test } from 'vitest'
import { legacy } from './fixture-data.js'
import { promise } from './ground.js'

promise('every record has one outcome', (ground) => {
  test('the outcomes add up to the number of records read', async () => {
    for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
    const report = await ground.run()
    expect(report.errors).toEqual([])
    expect(report.pipelines.map(({ source }) => source.records)).toEqual([3, 10, 3])
    for (const { outcomes, source } of report.pipelines) {
      const sum = Object.values(outcomes).reduce((total, count) => total + count, 0)
      expect(sum).toBe(source.records)
    }
    const people = report.pipelines.find(({ name }) => name === 'people')
    expect(people?.rejects.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['check', 'age', 1],
      ['duplicate', undefined, 2],
      ['duplicate_key', undefined, 1],
      ['invalid_record', 'email', 1],
      ['missing_reference', 'organization_id', 1],
      ['too_long', 'nickname', 1],
    ])
    expect(report.totals).toMatchObject({ inserted: 7, rejected: 9 })
    expect(report).toMatchObject({ status: 'rejects', exitCode: 4 })
  })
})
