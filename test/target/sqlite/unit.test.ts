import { expect, it } from 'vitest'
import { openConnection } from '../../../src/target/sqlite/connection.js'
import { openFence } from '../../../src/target/sqlite/fence.js'
import { openUnit } from '../../../src/target/sqlite/unit.js'
import { defaultOptions } from '../../contract/engine.js'

it('when SQLite has rolled the transaction back by itself, as for a full disk, the work ends for good', async () => {
  const connection = openConnection(':memory:', defaultOptions)
  const unit = openUnit(connection, false, openFence(connection, 0))
  unit.begin()
  const batch = unit.inBatch(async () => {
    connection.exec('rollback')
    throw new Error('full')
  })
  await expect(batch).rejects.toMatchObject({ code: 'run.atomic_lost', retryable: false })
  unit.rollBack()
  expect(unit.isOpen).toBe(false)
  connection.close()
})
