import { expect, it } from 'vitest'
import { openPostgres } from '../../../src/target/postgres/open-postgres.js'
import { freshDatabase } from '../../postgres/fresh-database.js'
import { aRun } from '../../contract/contract.js'
import { defaultOptions } from '../../contract/engine.js'

it('a connection that is lost inside of the transaction ends it for good, whatever is asked next', async () => {
  const database = await freshDatabase()
  const target = await openPostgres(database.url, defaultOptions)
  try {
    await target.ledger.prepare()
    const loseConnection = () =>
      database.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    const work = target.atomically(async () => {
      await target.inBatch((batch) => batch.keepRejects('people', 1, []))
      await target.ledger.beginRun(aRun)
      await loseConnection()
      await target.inBatch((batch) => batch.offspring('people', ['a']))
    })
    await expect(work).rejects.toMatchObject({ code: 'run.atomic_lost', retryable: false })
    expect(await database.query('select id from carryover.runs')).toEqual([])
  } finally {
    await target.close()
    await database.drop()
  }
})
