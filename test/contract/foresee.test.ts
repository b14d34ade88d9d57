import { expect, test } from 'vitest'
import { ask, contract, land, stage, uuid, type Values } from './contract.js'
import { organizations, samples, users } from './tables.js'

contract('what the database would refuse', (ground) => {
  const foresee = async (records: readonly Values[], resolved: readonly string[] = []) => {
    const table = await ground.target.readTable(users)
    const foreseen = await ask(ground, (batch) => batch.foresee(stage(table, records), new Set(resolved)))
    return foreseen.toSorted((a, b) => a.ordinal - b.ordinal)
  }

  test('a broken check is foreseen, with its column when it reads one', async () => {
    const good = { status: 'active', age: '3', deleted_at: null }
    expect(
      await foresee([
        good,
        { ...good, age: '-1' },
        { ...good, status: 'lost' },
        { ...good, deleted_at: '2026-01-01T00:00:00Z' },
      ]),
    ).toEqual([
      { ordinal: 1, code: 'check', constraint: 'users_age_positive', column: 'age' },
      { ordinal: 2, code: 'check', constraint: 'users_status_known', column: 'status' },
      { ordinal: 3, code: 'check', constraint: 'users_deleted_late', column: undefined },
    ])
  })

  test('a check over a null is not broken', async () => {
    expect(await foresee([{ status: 'active', age: null }])).toEqual([])
  })

  test('a check that reads a column the pipeline does not provide is left to the database', async () => {
    expect(await foresee([{ deleted_at: '2026-01-01T00:00:00Z' }])).toEqual([])
  })

  test('a missing parent is foreseen; a null points at nobody', async () => {
    await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    expect(
      await foresee([{ organization_id: uuid(1) }, { organization_id: uuid(2) }, { organization_id: null }]),
    ).toEqual([
      {
        ordinal: 1,
        code: 'foreign_key',
        constraint: 'users_organization_id_organizations_id_fk',
        column: 'organization_id',
      },
    ])
  })

  test('a parent that was read from its row is not looked up again', async () => {
    expect(await foresee([{ organization_id: uuid(2) }], ['organization_id'])).toEqual([])
  })

  test('a record is told once, by the first of what it breaks', async () => {
    expect(await foresee([{ age: '-1', status: 'lost', organization_id: uuid(2) }])).toEqual([
      { ordinal: 0, code: 'check', constraint: 'users_age_positive', column: 'age' },
    ])
  })

  test('a table that points at itself is left to the database: the parent may arrive in the same batch', async () => {
    expect(await foresee([{ id: uuid(1), manager_id: uuid(2) }])).toEqual([])
  })

  test('a batch without bad records foresees nothing', async () => {
    expect(await foresee([])).toEqual([])
  })
})

contract('what a check or a key cannot be computed of', (ground) => {
  test('is told before the keys are looked up', async () => {
    await ground.database.execute(
      'create unique index samples_size on samples (abs(bigint)) where integer is null',
    )
    const table = await ground.target.readTable(samples)
    const least = '-9223372036854775808'
    const staged = stage(table, [{ bigint: '-1' }, { bigint: least }, { bigint: null }])
    const failures = await ask(ground, (batch) => batch.uncastable(staged))
    expect(failures.map(({ ordinal, constraint }) => [ordinal, constraint])).toEqual([[1, 'samples_size']])
    const outside = stage(table, [{ bigint: least, integer: '1' }])
    expect(await ask(ground, (batch) => batch.uncastable(outside))).toEqual([])
  })

  test('is nothing for a table of plain columns', async () => {
    const staged = stage(await ground.target.readTable(organizations), [{ slug: 'acme' }])
    expect(await ask(ground, (batch) => batch.uncastable(staged))).toEqual([])
  })
})
