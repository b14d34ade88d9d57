import { expect, test } from 'vitest'
import type { RejectEntry } from '../../src/target/reject-entry.js'
import { openRejectSpool } from '../../src/target/reject-spool.js'
import type { TargetTable } from '../../src/target/table.js'
import { aReject } from './a-reject.js'
import { aRun, ask, changes, contract, uuid, write, type Ground } from './contract.js'
import { organizations } from './tables.js'

/** Inserts one organization in a batch of its own. */
async function insert(
  ground: Ground,
  table: TargetTable,
  number: number,
  more = async () => {},
): Promise<void> {
  const record = { id: uuid(number), slug: `o${number}`, name: null }
  await ground.target.inBatch(async (batch) => {
    await batch.apply(changes(table, [{ ...write(0, `k${number}`), record }]))
    await more()
  })
}

const reject = (id: string): RejectEntry => ({ ...aReject(id), record: '{"a":1}', copy: 'exact' })

contract('one transaction around several batches', (ground) => {
  const held = async () => [
    await ground.database.count('select count(*) from organizations'),
    (await ground.target.ledger.states()).reduce((sum, { owners }) => sum + owners, 0),
  ]

  test('commits all of them, and nobody sees any before', async () => {
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    const answer = await ground.target.atomically(async () => {
      await insert(ground, table, 1)
      await insert(ground, table, 2)
      expect(await ground.database.count('select count(*) from organizations')).toBe(0)
      expect(await ground.target.countEntries('people', table)).toEqual({ entries: 2, rows: 2 })
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await held()).toEqual([2, 2])
    await insert(ground, table, 3)
    expect(await held()).toEqual([3, 3])
  })

  test('leaves nothing of any of them when the work throws, and batches go on alone afterwards', async () => {
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    await insert(ground, table, 1)
    const work = ground.target.atomically(async () => {
      await insert(ground, table, 2)
      await insert(ground, table, 3)
      throw new Error('enough')
    })
    await expect(work).rejects.toThrow('enough')
    expect(await held()).toEqual([1, 1])
    await insert(ground, table, 2)
    expect(await held()).toEqual([2, 2])
  })

  test('a batch that fails takes nobody with it', async () => {
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    await ground.target.atomically(async () => {
      await insert(ground, table, 1)
      const failing = insert(ground, table, 2, () => Promise.reject(new Error('undone')))
      await expect(failing).rejects.toThrow('undone')
      await insert(ground, table, 3)
    })
    expect(await held()).toEqual([2, 2])
  })

  test('in a rehearsal it is rolled back alone or with the rest', async () => {
    await ground.target.ledger.prepare()
    const rehearsal = await ground.database.openTarget({ rehearsal: true })
    const within = { ...ground, target: rehearsal }
    const table = await rehearsal.readTable(organizations)
    try {
      await insert(within, table, 1)
      const work = rehearsal.atomically(async () => {
        await insert(within, table, 2)
        throw new Error('enough')
      })
      await expect(work).rejects.toThrow('enough')
      await rehearsal.atomically(() => insert(within, table, 3))
      expect(await rehearsal.countEntries('people', table)).toEqual({ entries: 2, rows: 2 })
    } finally {
      await rehearsal.close()
    }
    expect(await held()).toEqual([0, 0])
  })

  test('rejects outlive it: any number of them, but not those of a batch that was undone', async () => {
    await ground.target.ledger.prepare()
    const runId = await ground.target.ledger.beginRun(aRun)
    const spool = openRejectSpool(ground.target)
    const ids = Array.from({ length: 2_500 }, (_, index) => `r${String(index).padStart(4, '0')}`)
    try {
      const work = ground.target.atomically(async () => {
        await spool.target.inBatch((batch) => batch.keepRejects('people', runId, ids.slice(3).map(reject)))
        await spool.target.inBatch((batch) => batch.keepRejects('orders', runId, ids.slice(0, 3).map(reject)))
        const undone = spool.target.inBatch(async (batch) => {
          await batch.keepRejects('orders', runId, [reject('undone')])
          throw new Error('undone')
        })
        await expect(undone).rejects.toThrow('undone')
        throw new Error('enough')
      })
      await expect(work).rejects.toThrow('enough')
      expect(await ground.target.ledger.rejects({})).toEqual([])
      await spool.keepAll(runId)
    } finally {
      spool.close()
    }
    expect(await ground.target.ledger.openRejectIds('orders')).toEqual(ids.slice(0, 3))
    expect(await ground.target.ledger.openRejectIds('people')).toEqual(ids.slice(3))
    expect((await ground.target.ledger.rejects({ runId }))[0]).toMatchObject({ code: 'check', copy: 'exact' })
    expect([...(await ground.target.ledger.rejectCopies(['r0000'])).values()]).toMatchObject([
      { record: '{"a":1}' },
    ])
    expect(await ask(ground, (batch) => batch.offspring('people', []))).toEqual([])
  })
})
