import { expect, test } from 'vitest'
import { sequences, type SequencesOptions } from '../../src/index.js'
import { promise, type Ground } from '../behaviour/ground.js'

const listed = (ground: Ground, more: SequencesOptions = {}) => sequences({ ...ground.options, ...more })

/** Numbers that were given, as after a restore of the rows alone. */
async function fall(ground: Ground): Promise<void> {
  await ground.query(`insert into tickets (title) values ('a')`)
  await ground.query(`update tickets set id = 15`)
}

promise('sequences', (ground) => {
  test('are shown beside their columns', async () => {
    await ground.query(`insert into tickets (title) values ('a')`)
    const report = await listed(ground)
    expect(report).toMatchObject({ status: 'ok', exitCode: 0, errors: [], moved: [] })
    expect(report.sequences.filter(({ table }) => table === 'tickets')).toEqual([
      {
        table: 'tickets',
        column: 'id',
        sequence: ground.engine === 'postgres' ? 'public.tickets_id_seq' : 'tickets',
        kind: ground.engine === 'postgres' ? 'identity' : 'autoincrement',
        max: '1',
        last: '1',
        next: '2',
        state: 'ok',
      },
    ])
  })

  test('that are behind are told, and advanced when that is asked for', async () => {
    await fall(ground)
    const before = await listed(ground)
    expect(before.sequences).toMatchObject([
      { table: 'tickets', max: '15', last: '1', next: '2', state: 'behind' },
    ])
    expect((await listed(ground)).sequences).toEqual(before.sequences)
    const report = await listed(ground, { fix: true })
    expect(report).toMatchObject({
      status: 'ok',
      moved: [{ table: 'tickets', column: 'id', from: '1', to: '15', max: '15', next: '16' }],
      sequences: [{ last: '15', next: '16', state: 'ok' }],
    })
    await ground.query(`insert into tickets (title) values ('b')`)
    expect(await ground.query(`select id from tickets where title = 'b'`)).toEqual([{ id: 16 }])
    expect((await listed(ground, { fix: true })).moved).toEqual([])
  })

  test('are none of a database that is not there, and none is made', async () => {
    const database =
      ground.engine === 'postgres' ? 'postgres://nobody@127.0.0.1:1/none' : 'sqlite:none.sqlite'
    expect(await listed(ground, { database, fix: true })).toMatchObject({
      status: 'failed',
      exitCode: 1,
      sequences: [],
    })
    expect(await ground.read('none.sqlite').catch(() => 'none')).toBe('none')
  })

  test('of a schema that is not there are not said to be in order', async () => {
    expect(await listed(ground, { schemas: ['publik'] })).toMatchObject({
      exitCode: 64,
      errors: [{ code: 'usage.no_such_schema', message: expect.stringContaining('publik') }],
    })
  })
})
