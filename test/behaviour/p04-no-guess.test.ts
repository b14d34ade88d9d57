import { expect, test } from 'vitest'
import { messagesOf, rejectsOf } from './comparable.js'
import { everything } from './everything.js'
import { promise, type Ground } from './ground.js'

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`

promise('a record whose unique keys point at more than one row is refused', (ground) => {
  test.each([
    {
      keys: 'the primary key and the email',
      record: { id: id(1), email: 'bob@example.org' },
      named: ['people_pkey', id(1), 'people_email_unique', id(2)],
    },
    {
      keys: 'the email and the expression of the handle',
      record: { id: id(9), email: 'ada@example.org', handle: 'BOB' },
      named: ['people_email_unique', id(1), 'people_handle_key', id(2)],
    },
    {
      keys: 'the primary key and the expression of the handle',
      record: { id: id(3), email: 'new@example.org', handle: 'aDa' },
      named: ['people_pkey', id(3), 'people_handle_key', id(1)],
    },
    {
      keys: 'all three',
      record: { id: id(3), email: 'ada@example.org', handle: 'bob' },
      named: ['people_pkey', id(3), 'people_email_unique', id(1), 'people_handle_key', id(2)],
    },
  ])(
    'by $keys, with both rows and both keys in the message, and nothing is written',
    async ({ record, named }) => {
      await somebodyElseWrites(ground)
      await ground.source('people', [record])
      const before = await ground.query('select * from people order by id')
      const report = await ground.run()
      expect(report.exitCode).toBe(4)
      expect(rejectsOf(report, 'people')).toEqual({ [record.id]: 'ambiguous' })
      const message = messagesOf(report, 'people')[record.id]
      for (const word of named) expect(message).toContain(word)
      expect(await ground.query('select * from people order by id')).toEqual(before)
      expect(await ground.query(`select 1 as one from ${ground.ledger('records')}`)).toEqual([])
    },
  )

  test('keys that all point at one row are no contradiction', async () => {
    await somebodyElseWrites(ground)
    await ground.source('people', [{ id: id(1), email: 'ada@example.org', handle: 'ADA', age: 40 }])
    const report = await ground.run()
    expect(report.totals).toMatchObject({ updated: 1, rejected: 0 })
  })

  test.each([1, 100])(
    'rows of records before it in the source count too, in batches of %i',
    async (batch) => {
      await ground.source('people', [
        { id: id(1), email: 'ada@example.org', handle: 'Ada' },
        { id: id(2), email: 'bob@example.org', handle: 'Bob' },
        { id: id(3), email: 'ada@example.org', handle: 'bob' },
      ])
      const report = await ground.run({ batch })
      expect(rejectsOf(report, 'people')).toEqual({ [id(3)]: 'ambiguous' })
      expect(report.totals).toMatchObject({ inserted: 2, rejected: 1 })
    },
  )

  test('a known row whose new email another row holds is refused with the key and that row, and stays as it was', async () => {
    await ground.source('people', [
      { id: id(1), email: 'ada@example.org', age: 30 },
      { id: id(2), email: 'bob@example.org' },
    ])
    await ground.run()
    const before = await ground.query('select * from people order by id')
    await ground.source('people', [
      { id: id(1), email: 'bob@example.org', age: 31 },
      { id: id(2), email: 'bob@example.org' },
    ])
    const report = await ground.run()
    expect(rejectsOf(report, 'people')).toEqual({ [id(1)]: 'unique_conflict' })
    const message = messagesOf(report, 'people')[id(1)]
    expect(message).toContain('people_email_unique')
    expect(message).toContain(id(2))
    expect(await ground.query('select * from people order by id')).toEqual(before)
  })

  test('the same when the other row is nobody’s', async () => {
    await ground.source('people', [{ id: id(1), email: 'ada@example.org' }])
    await ground.run()
    await ground.query(`insert into people (id, email, handle) values ('${id(7)}', 'zoe@example.org', 'Zoe')`)
    await ground.source('people', [{ id: id(1), email: 'ada@example.org', handle: 'ZOE' }])
    const report = await ground.run()
    expect(rejectsOf(report, 'people')).toEqual({ [id(1)]: 'unique_conflict' })
    expect(messagesOf(report, 'people')[id(1)]).toContain(id(7))
    expect(messagesOf(report, 'people')[id(1)]).toContain('people_handle_key')
  })

  test('a refused record is refused again, and writes nothing again', async () => {
    await somebodyElseWrites(ground)
    await ground.source('people', [{ id: id(1), email: 'bob@example.org' }])
    await ground.run()
    const { [ground.ledger('runs')]: first, ...before } = await everything(ground)
    const report = await ground.run()
    const { [ground.ledger('runs')]: second, ...after } = await everything(ground)
    expect(report.exitCode).toBe(4)
    expect(after).toEqual(before)
    expect(second).not.toEqual(first)
  })
})

/** Rows from before carryover. */
async function somebodyElseWrites(ground: Ground): Promise<void> {
  await ground.query(
    `insert into people (id, email, handle) values ('${id(1)}', 'ada@example.org', 'Ada'), ('${id(2)}', 'bob@example.org', 'Bob'),
       ('${id(3)}', 'cyd@example.org', 'Cyd')`,
  )
}
