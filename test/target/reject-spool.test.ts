import { expect, test } from 'vitest'
import { openTarget } from '../../src/target/open-target.js'
import { openRejectSpool } from '../../src/target/reject-spool.js'
import { aReject } from '../contract/a-reject.js'
import { defaultOptions } from '../contract/engine.js'
import { freshDatabase } from '../postgres/fresh-database.js'

test('what an attempt noted that was lost with its connection is not kept: the next attempt decides anew', async () => {
  const database = await freshDatabase()
  const target = await openTarget(database.url, '/', defaultOptions)
  const spool = openRejectSpool(target)
  let attempts = 0
  try {
    await target.ledger.prepare()
    await spool.target.inBatch(async (batch) => {
      attempts += 1
      await batch.keepRejects('people', 1, [aReject(attempts === 1 ? 'lost' : 'kept')])
      if (attempts > 1) return
      await database.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      await batch.offspring('people', ['a'])
    })
    expect(attempts).toBe(2)
    await database.query('delete from carryover.rejects')
    await spool.keepAll(1)
    expect(await target.ledger.openRejectIds('people')).toEqual(['kept'])
  } finally {
    spool.close()
    await target.close()
    await database.drop()
  }
})
