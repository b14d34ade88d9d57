import { expect, test } from 'vitest'
import { status } from '../../src/index.js'
import { promise } from './ground.js'

promise('a defect ends a run, and not a word of it is lost', (ground) => {
  test.each(['record', 'pipeline', 'run'] as const)(
    'it is thrown, the ledger has the run as failed, and the next one goes on, with atomic: %s',
    async (atomic) => {
      await ground.source('organizations', [{ id: 1, slug: 'one', name: 'One' }])
      const defect = new TypeError('nobody thought of that')
      const dying = ground.run({
        policies: { atomic },
        onProgress: () => {
          throw defect
        },
      })
      await expect(dying).rejects.toBe(defect)
      expect(await ground.query(`select status, exit_code from ${ground.ledger('runs')}`)).toEqual([
        { status: 'failed', exit_code: 1 },
      ])
      const left = await status({ cwd: ground.dir, database: ground.url, env: {} })
      expect(left).toMatchObject({
        lease: null,
        lastRun: { id: 1, finishedAt: expect.any(String) as unknown },
      })
      const rows = atomic === 'record' ? { unchanged: 1 } : { inserted: 1 }
      expect(await ground.run({ policies: { atomic } })).toMatchObject({ status: 'ok', totals: rows })
    },
  )
})
