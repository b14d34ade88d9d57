import { expect, test } from 'vitest'
import { writePipeline } from './extra-pipeline.js'
import { promise } from './ground.js'
import { items, layItems, ledgerRows, runItems, told } from './items.js'

const planted = 'Planted-4711@example.org'

promise('what the ledger keeps of rejected records can be limited', (ground) => {
  const bad = [
    { id: 'a', size: 'XL', name: planted },
    { id: 'b', size: 'M', name: 'bad', any: { deep: [planted] } },
    { id: 'c', size: 7, any: planted, map: { [planted]: 1 } },
    { id: 'd', size: 'M', slug: planted },
    { id: 'e', size: 'M', slug: planted },
    { id: 'd', size: 'M', name: planted },
  ]
  const more = `record: z.object({ id: z.string(), size: z.string(), name: z.string().nullish(), slug: z.string().nullish(),
    any: z.unknown().optional(), map: z.record(z.string(), z.string({ error: () => 'not ${planted}' })).optional() }),`

  test.each(['the option', 'the configuration'])('by %s, no value is stored anywhere', async (how) => {
    await layItems(ground)
    await writePipeline(ground, 'items', items({ more }))
    await ground.source('items', bad)
    if (how === 'the configuration')
      await ground.file('carryover.config.ts', 'export default { storeValues: false }')
    const report = await runItems(ground, how === 'the option' ? { storeValues: false } : {})
    expect(report.errors).toEqual([])
    expect(report.totals.rejected).toBe(5)
    expect(JSON.stringify(await ledgerRows(ground))).not.toContain('4711')
    const shown = await told(ground, { showValues: true })
    expect(shown.rejects.map(({ copy, record }) => [copy, record])).toEqual(
      Array.from({ length: 5 }, () => ['none', null]),
    )
    const replay = await runItems(ground, { rejects: true })
    expect(replay.pipelines[0]?.source.records).toBe(0)
    expect(replay.pipelines[0]?.warnings).toContainEqual(
      expect.objectContaining({ code: 'replay_not_kept', count: 4 }),
    )
    expect((await told(ground, { exportTo: 'bad.ndjson' })).exported).toEqual({
      files: [{ path: 'bad.ndjson', records: 0 }],
      left: 5,
    })
  })

  test('a run that stores nothing takes away what an earlier run has stored', async () => {
    await layItems(ground)
    await ground.source('items', bad.slice(0, 1))
    await runItems(ground)
    expect(JSON.stringify(await ledgerRows(ground))).toContain(planted)
    await runItems(ground, { storeValues: false })
    expect(JSON.stringify(await ledgerRows(ground))).not.toContain('4711')
  })

  test('the fields of a sensitive column are left out, and what is left is shown but not replayed', async () => {
    await layItems(ground)
    await ground.file('carryover.config.ts', `export default { sensitive: ['items.name'] }`)
    await ground.source('items', [{ id: 'a', size: 'XL', name: planted }])
    await runItems(ground)
    expect(JSON.stringify(await ledgerRows(ground))).not.toContain('4711')
    const { rejects: kept } = await told(ground, { showValues: true })
    expect(kept).toMatchObject([{ copy: 'partial', record: '{"id":"a","size":"XL"}' }])
    const replay = await runItems(ground, { rejects: true })
    expect(replay.pipelines[0]?.warnings).toContainEqual({ code: 'replay_not_kept', count: 1, values: ['a'] })
    expect((await told(ground)).rejects).toHaveLength(1)
  })

  test('where a function makes a sensitive column, nothing of the record is kept', async () => {
    await layItems(ground)
    await ground.file('carryover.config.ts', `export default { sensitive: ['items.name'] }`)
    const computed = `columns: { id: 'id', size: 'size', name: ({ name }) => name },`
    await writePipeline(ground, 'items', items({ more: computed }))
    await ground.source('items', [{ id: 'a', size: 'XL', name: planted }])
    await runItems(ground)
    expect(JSON.stringify(await ledgerRows(ground))).not.toContain('4711')
    expect((await told(ground, { showValues: true })).rejects).toMatchObject([{ copy: 'none', record: null }])
  })
})
