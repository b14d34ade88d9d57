import { expect, test } from 'vitest'
import type { SequenceFacts } from '../../src/target/sequence-facts.js'
import { contract, land } from './contract.js'
import { counters, organizations, receipts } from './tables.js'

contract('sequences', (ground) => {
  test('of an untouched table have handed out nothing', async () => {
    const table = await ground.target.readTable(counters)
    expect((await ground.target.sequences(table)).map(numbers)).toEqual([
      { table: 'counters', column: 'id', last: null, max: null },
    ])
    expect(await ground.target.advanceSequences(table)).toEqual([])
  })

  test.each([
    ['counters', counters],
    ['receipts', receipts],
  ])('of %s are right after given keys, and advanced once', async (name, declared) => {
    const { table } = await land(ground, declared, {
      one: { id: '41', label: 'one' },
      two: { id: '7', label: 'two' },
    })
    expect(await ground.target.advanceSequences(table)).toEqual([
      { table: name, column: 'id', from: null, to: '41' },
    ])
    expect((await ground.target.sequences(table)).map(numbers)).toEqual([
      { table: name, column: 'id', last: '41', max: '41' },
    ])
    expect(await ground.target.advanceSequences(table)).toEqual([])
    const { rowKeys } = await land(ground, declared, { three: { label: 'three' } })
    expect(rowKeys.get(0)).toBe('42')
  })

  test('say from which number they were advanced', async () => {
    await land(ground, counters, { one: { label: 'one' }, two: { label: 'two' } })
    const { table } = await land(ground, counters, { ten: { id: '10', label: 'ten' } })
    expect(await ground.target.advanceSequences(table)).toEqual([
      { table: 'counters', column: 'id', from: '2', to: '10' },
    ])
  })

  test('never go back', async () => {
    const { table } = await land(ground, counters, { one: { id: '41', label: 'one' } })
    await ground.target.advanceSequences(table)
    await ground.database.execute('delete from counters')
    await land(ground, counters, { two: { id: '3', label: 'two' } })
    expect(await ground.target.advanceSequences(table)).toEqual([])
    expect((await ground.target.sequences(table)).map(numbers)).toEqual([
      { table: 'counters', column: 'id', last: '41', max: '3' },
    ])
  })

  test('beyond 2^53 stay exact', async () => {
    const { table } = await land(ground, receipts, { one: { id: '9007199254740993', label: 'one' } })
    expect((await ground.target.advanceSequences(table))[0]?.to).toBe('9007199254740993')
    expect((await ground.target.sequences(table))[0]).toMatchObject({
      last: '9007199254740993',
      max: '9007199254740993',
    })
  })

  test('are none where no column has one', async () => {
    const table = await ground.target.readTable(organizations)
    expect(await ground.target.sequences(table)).toEqual([])
    expect(await ground.target.advanceSequences(table)).toEqual([])
  })
})

function numbers({ table, column, last, max }: SequenceFacts): Partial<SequenceFacts> {
  return { table, column, last, max }
}
