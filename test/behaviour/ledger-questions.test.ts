import { expect, test } from 'vitest'
import { rejects, runs, status } from '../../src/index.js'
import { runsLog } from '../../src/report/log/runs-log.js'
import { formatRunsText } from '../../src/report/text/format-runs-text.js'
import { promise } from './ground.js'
import { layShops, undoRun, type Shop } from './undo-ground.js'

const shop = (id: number, more: Partial<Shop> = {}): Shop => ({ id, slug: `shop-${id}`, ...more })
const plain = { colour: false, verbose: false, width: 100 }

promise('what the ledger is asked it answers on each engine alike', (ground) => {
  const only = ['shops']
  const about = (...names: string[]) => ({ ...ground.options, only: names })
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

  test('a pipeline or a run that the ledger does not know is refused, and those that it knows are named', async () => {
    await layShops(ground)
    for (const before of [await status(about('shopz')), await rejects(about('shopz'))])
      expect(before).toMatchObject({ exitCode: 0, errors: [] })
    await runShops([])
    for (const refused of [await status(about('shops', 'shopz')), await rejects(about('shopz'))])
      expect(refused).toMatchObject({
        exitCode: 64,
        errors: [
          {
            code: 'usage.no_such_pipeline',
            message: 'The ledger knows no pipeline shopz.',
            hint: 'It knows shops.',
          },
        ],
      })
    // Its source was empty: it is known all the same.
    for (const known of [await status(about('shops')), await rejects(about('shops'))])
      expect(known).toMatchObject({ exitCode: 0, errors: [] })
    for (const asked of [runs, rejects])
      expect(await asked({ ...ground.options, runId: 99 })).toMatchObject({
        exitCode: 1,
        errors: [{ code: 'runs.unknown_run' }],
      })
    expect(await rejects({ ...ground.options, runId: 1 })).toMatchObject({ exitCode: 0, rejects: [] })
  })
})
