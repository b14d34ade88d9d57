import { expect, test } from 'vitest'
import { runs } from '../../src/index.js'
import { runsLog } from '../../src/report/log/runs-log.js'
import { formatRunsText } from '../../src/report/text/format-runs-text.js'
import { promise } from './ground.js'
import { layShops, undoRun, type Shop } from './undo-ground.js'

const shop = (id: number, more: Partial<Shop> = {}): Shop => ({ id, slug: `shop-${id}`, ...more })
const plain = { colour: false, verbose: false, width: 100 }

promise('what the ledger is asked it answers on each engine alike', (ground) => {
  const only = ['shops']
  const runShops = async (shops: unknown[]) => {
    await ground.source('shops', shops)
    return (await ground.run({ only })).runId as number
  }

  test('counts of a run stand in the order of every report', async () => {
    await layShops(ground, `limits: { rejects: '100%' },`)
    await runShops([shop(1), shop(2), { ...shop(3), slug: 5 }])
    await runShops([shop(1, { name: 'one' }), shop(2), shop(4), { ...shop(3), slug: 5 }])
    const report = await runs(ground.options)
    const counts = '1 inserted, 1 updated, 1 unchanged, 1 rejected'
    expect(formatRunsText(report, plain)).toContain(counts)
    const [last] = report.runs
    expect(formatRunsText({ ...report, runs: [last!] }, plain).split(counts)).toHaveLength(3)
    expect(JSON.stringify(runsLog(report)[0])).toMatch(/"totals":{"inserted":1,"updated":1,"unchanged":1,/)
  })

  test('an undo of several runs names them all, and counts rows in the order that it told them', async () => {
    await layShops(ground)
    await runShops([shop(1)])
    const first = await runShops([shop(1, { name: 'one' }), shop(2), shop(3)])
    const second = await runShops([shop(1, { name: 'uno' }), shop(2), shop(3)])
    const { runId, rows } = await undoRun(ground, first, { withLater: true })
    expect(rows).toEqual({ restored: 1, deleted: 2, inserted: 0 })
    const text = formatRunsText(await runs(ground.options), plain)
    expect(text).toMatch(new RegExp(`\\n +${runId} .* ok, undid ${second}, ${first} +1 restored, 2 deleted`))
    expect(runsLog(await runs(ground.options))[0]?.message).toBe(
      `run ${runId}: undo, ok, undid ${second}, ${first}`,
    )
  })
})
