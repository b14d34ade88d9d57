import { expect, test } from 'vitest'
import type { Parking } from '../../src/target/batch.js'
import { ask, changes, contract, land, rowsOf, uuid, write } from './contract.js'
import { settings, users } from './tables.js'

const ann = { id: uuid(1), email: 'ann@x', handle: 'ann', slug: 'ann', badge_series: 'A', badge_no: '1' }
const bob = { id: uuid(2), email: 'bob@x', handle: 'bob', slug: 'bob', badge_series: 'B', badge_no: '1' }

contract('parking the values of unique keys', (ground) => {
  test.each<[string, Omit<Parking, 'rowKey'>, string]>([
    ['a key over an expression', { key: 'users_email_lower', columns: ['email'] }, 'email'],
    ['a key that folds case', { key: 'users_handle_unique', columns: ['handle'] }, 'handle'],
    ['a partial key', { key: 'users_slug_live', columns: ['slug'] }, 'slug'],
    ['a key whose nulls are equal', { key: 'users_badge', columns: ['badge_series'] }, 'badge_series'],
  ])('%s is free for another row then', async (_, parking, column) => {
    const { table } = await land(ground, users, { ann, bob })
    const parkings = [{ ...parking, rowKey: uuid(1) }]
    await ask(ground, async (batch) => {
      const spares = await batch.spareValues(table, parkings, 0)
      expect(spares).toHaveLength(1)
      expect(await batch.park({ pipeline: 'people', runId: 1 }, table, spares)).toBe(true)
    })
    await ground.database.execute(`update users set ${column} = '${ann.slug}' where id = '${uuid(2)}'`)
    const [first] = await rowsOf(ground, users, [column], [uuid(1)])
    expect(first?.[column]).not.toBe(ann.slug)
  })

  test('asking for values writes nothing', async () => {
    const { table } = await land(ground, users, { ann })
    const parkings = [{ key: 'users_handle_unique', columns: ['handle'], rowKey: uuid(1) }]
    await ask(ground, (batch) => batch.spareValues(table, parkings, 0))
    expect(await rowsOf(ground, users, ['handle'], [uuid(1)])).toEqual([{ handle: 'ann' }])
  })

  test('a value that the database refuses leaves everything as it was, and the transaction goes on', async () => {
    const { table } = await land(ground, users, { ann, bob })
    const taken = [uuid(1), uuid(2)].map((rowKey) => ({ rowKey, column: 'handle', value: 'same' }))
    await ask(ground, async (batch) => {
      expect(await batch.park({ pipeline: 'people', runId: 1 }, table, taken)).toBe(false)
      expect(await batch.park({ pipeline: 'people', runId: 1 }, table, taken.slice(1))).toBe(true)
    })
    expect(await rowsOf(ground, users, ['handle'], [uuid(1), uuid(2)])).toEqual([
      { handle: 'ann' },
      { handle: 'same' },
    ])
  })

  test('a row takes no value where none of its columns may change', async () => {
    const { table } = await land(ground, settings, { one: { key: 'a', value: null } })
    const parkings = [{ key: 'settings_key_unique', columns: [], rowKey: 'a' }]
    expect(await ask(ground, (batch) => batch.spareValues(table, parkings, 0))).toEqual([])
  })
})

contract('what is known of the aliases of a row', (ground) => {
  const asked = { ordinal: 0, legacyKey: 'ann-2', fingerprint: 'f:ann-2' }
  const lay = async () => {
    const { table } = await land(ground, users, { ann })
    const alias = { ...write(0, 'ann-2', { action: 'link', role: 'alias', rowKey: uuid(1) }), record: ann }
    await ask(ground, (batch) => batch.apply(changes(table, [alias])))
    return table
  }

  test.each([
    ['is forgotten when a later run changes a key of the row', 'slug', 2, false],
    ['stays when the run changes it that made them', 'slug', 1, true],
    ['stays when another column changes', 'tenant', 2, true],
  ])('%s', async (_, column, runId, stays) => {
    const table = await lay()
    const update = {
      ...write(0, 'ann', { action: 'update', known: true, rowKey: uuid(1), changed: new Set([column]) }),
      record: { ...ann, age: '7', [column]: 'changed' },
    }
    const keys = table.uniqueKeys.map((key) =>
      key.columns.includes('tenant') ? { ...key, columns: [] } : key,
    )
    await ask(ground, (batch) => batch.apply(changes({ ...table, uniqueKeys: keys }, [update], runId)))
    const recall = await ask(ground, (batch) => batch.recall('people', table, [asked]))
    expect(recall.known.get(0)?.sameFingerprint).toBe(stays)
  })

  test('is forgotten also where the server goes through the batch record by record', async () => {
    const table = await lay()
    const update = {
      ...write(0, 'ann', { action: 'update', known: true, rowKey: uuid(1), changed: new Set(['slug']) }),
      record: { ...ann, slug: 'changed' },
    }
    const refused = { ...write(1, 'again'), record: { ...ann, slug: 'x' } }
    const applied = await ask(ground, (batch) => batch.apply(changes(table, [update, refused], 2)))
    expect(applied.failures.map((failure) => failure.ordinal)).toEqual([1])
    const recall = await ask(ground, (batch) => batch.recall('people', table, [asked]))
    expect(recall.known.get(0)?.sameFingerprint).toBe(false)
  })
})
