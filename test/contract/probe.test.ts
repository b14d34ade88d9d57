import { expect, test } from 'vitest'
import { ask, changes, contract, land, stage, uuid, write, type Ground, type Values } from './contract.js'
import { counters, memberships, users } from './tables.js'

contract('looking up unique keys', (ground) => {
  const ann = {
    id: uuid(1),
    email: 'Ann@Example.org',
    handle: 'Ann',
    slug: 'ann',
    tenant: 't1',
    external_no: '7',
    badge_series: 'A',
    badge_no: null,
    status: 'active',
    deleted_at: null,
  }
  const nothing: Values = Object.fromEntries(Object.keys(ann).map((column) => [column, null]))

  test.each([
    ['the primary key', 'users_pkey', { id: uuid(1) }],
    ['an expression', 'users_email_lower', { email: 'ANN@example.ORG' }],
    ['a column that folds case', 'users_handle_unique', { handle: 'aNN' }],
    ['a partial key', 'users_slug_live', { slug: 'ann' }],
    ['several columns', 'users_tenant_external_no', { tenant: 't1', external_no: '7' }],
    ['several columns whose nulls are equal', 'users_badge', { badge_series: 'A', badge_no: null }],
  ])('a row is found by %s, with its owner', async (_, key, values) => {
    await land(ground, users, { ann })
    expect(await hits(ground, [key], [{ ...nothing, ...values }])).toEqual([
      { ordinal: 0, key, rowKey: uuid(1), owner: 'ann' },
    ])
  })

  test.each([
    ['another value', 'users_email_lower', { email: 'anna@example.org' }],
    ['a null', 'users_handle_unique', { handle: null }],
    ['a null in one of several columns', 'users_tenant_external_no', { tenant: 't1', external_no: null }],
    ['a null where the row has a value', 'users_badge', { badge_series: null, badge_no: null }],
    ['another case, where case is not folded', 'users_slug_live', { slug: 'ANN' }],
    [
      'a record outside of a partial key',
      'users_slug_live',
      { slug: 'ann', deleted_at: '2026-01-01T00:00:00Z' },
    ],
  ])('no row is found by %s', async (_, key, values) => {
    await land(ground, users, { ann })
    expect(await hits(ground, [key], [{ ...nothing, ...values }])).toEqual([])
  })

  test('a row outside of a partial key is not found', async () => {
    await land(ground, users, { ann: { ...ann, status: 'blocked', deleted_at: '2026-01-01T00:00:00Z' } })
    expect(await hits(ground, ['users_slug_live'], [{ ...nothing, slug: 'ann' }])).toEqual([])
  })

  test('a record that leaves a column of the predicate to the database has its default there', async () => {
    await land(ground, users, { ann })
    expect(await hits(ground, ['users_slug_live'], [{ slug: 'ann' }])).toHaveLength(1)
  })

  test('rows of null keys are found where the key calls nulls equal, and only there', async () => {
    await land(ground, users, { ann: { ...nothing, id: uuid(1), status: 'active' } })
    const found = await hits(
      ground,
      ['users_badge', 'users_handle_unique', 'users_tenant_external_no'],
      [nothing],
    )
    expect(found.map((hit) => hit.key)).toEqual(['users_badge'])
  })

  test('a row that no record of the asking pipeline owns has no owner', async () => {
    const { table } = await land(ground, users, { ann })
    const staged = stage(table, [ann])
    const probe = await ask(ground, (batch) => batch.probe('else', ['users_pkey'], staged))
    expect(probe.hits).toEqual([{ ordinal: 0, key: 'users_pkey', rowKey: uuid(1), owner: null }])
  })

  test('an alias does not own the row', async () => {
    const { table } = await land(ground, users, { ann })
    const alias = { ...write(0, 'ann-2', { action: 'link', role: 'alias', rowKey: uuid(1) }), record: ann }
    await ask(ground, (batch) => batch.apply(changes(table, [alias])))
    expect((await hits(ground, ['users_pkey'], [ann]))[0]?.owner).toBe('ann')
  })

  test('every key of a record is looked up, each on its own', async () => {
    await land(ground, users, {
      ann,
      bob: { ...nothing, id: uuid(2), email: 'bob@example.org', status: 'active' },
    })
    const mixed = { ...nothing, id: uuid(1), email: 'bob@example.org' }
    const found = await hits(ground, ['users_pkey', 'users_email_lower'], [nothing, mixed])
    expect(found).toEqual([
      { ordinal: 1, key: 'users_email_lower', rowKey: uuid(2), owner: 'bob' },
      { ordinal: 1, key: 'users_pkey', rowKey: uuid(1), owner: 'ann' },
    ])
  })

  test('it works before there is a ledger', async () => {
    await ground.database.execute(`insert into users (id, handle) values ('${uuid(9)}', 'nine')`)
    expect(await hits(ground, ['users_handle_unique'], [{ ...nothing, handle: 'NINE' }])).toEqual([
      { ordinal: 0, key: 'users_handle_unique', rowKey: uuid(9), owner: null },
    ])
  })

  test('integers and composite keys are found by their values', async () => {
    const one = await land(ground, counters, { one: { id: '41', label: 'one' } })
    const byId = await ask(ground, (batch) =>
      batch.probe(
        'people',
        ['counters_pkey', 'counters_label_unique'],
        stage(one.table, [{ id: '41', label: 'other' }]),
      ),
    )
    expect(byId.hits).toEqual([{ ordinal: 0, key: 'counters_pkey', rowKey: '41', owner: 'one' }])

    const member = await land(ground, memberships, { member: { user_id: uuid(1), team: 'red', role: 'a' } })
    const asked = stage(member.table, [
      { user_id: uuid(1), team: 'red' },
      { user_id: uuid(1), team: 'blue' },
    ])
    const byBoth = await ask(ground, (batch) => batch.probe('people', ['memberships_user_id_team_pk'], asked))
    expect(byBoth.hits).toEqual([
      {
        ordinal: 0,
        key: 'memberships_user_id_team_pk',
        rowKey: JSON.stringify([uuid(1), 'red']),
        owner: 'member',
      },
    ])
  })

  test.each([
    ['an expression', 'users_email_lower', { email: 'X@y' }, { email: 'x@Y' }],
    ['a column that folds case', 'users_handle_unique', { handle: 'x' }, { handle: 'X' }],
    [
      'several columns',
      'users_tenant_external_no',
      { tenant: 't', external_no: '1' },
      { tenant: 't', external_no: '1' },
    ],
    ['nulls, where they are equal', 'users_badge', { badge_series: null }, { badge_series: null }],
  ])('two records of a batch collide by %s', async (_, key, first, second) => {
    const records = [
      { ...nothing, badge_series: 'other', ...first },
      { ...nothing, ...second },
      { ...nothing, ...second },
    ]
    expect(await collisions(ground, [key], records)).toEqual([
      { ordinal: 1, key, firstOrdinal: 0 },
      { ordinal: 2, key, firstOrdinal: 0 },
    ])
  })

  test.each([
    ['nulls', 'users_handle_unique', { handle: null }, { handle: null }],
    ['a null among values', 'users_tenant_external_no', { tenant: 't' }, { tenant: 't' }],
    [
      'one of them outside of a partial key',
      'users_slug_live',
      { slug: 's' },
      { slug: 's', deleted_at: '2026-01-01T00:00:00Z' },
    ],
    ['other values where nulls are equal', 'users_badge', { badge_no: '1' }, { badge_no: null }],
  ])('two records of a batch do not collide by %s', async (_, key, first, second) => {
    expect(
      await collisions(
        ground,
        [key],
        [
          { ...nothing, ...first },
          { ...nothing, ...second },
        ],
      ),
    ).toEqual([])
  })
})

contract('the image of a key', (ground) => {
  const columns = [
    'email',
    'handle',
    'slug',
    'deleted_at',
    'tenant',
    'external_no',
    'badge_series',
    'badge_no',
  ]
  const nothing: Values = Object.fromEntries(columns.map((column) => [column, null]))

  test.each([
    ['users_email_lower', { email: 'A@b' }, { email: 'a@B' }],
    ['users_handle_unique', { handle: 'Ann' }, { handle: 'aNN' }],
    [
      'users_tenant_external_no',
      { tenant: 't', external_no: '1' },
      { tenant: 't', external_no: '1', slug: 'x' },
    ],
    ['users_badge', { badge_series: 'A' }, { badge_series: 'A' }],
  ])('of %s is the same for keys that the database calls equal', async (key, one, other) => {
    const [first, second] = await images(
      ground,
      [key],
      [
        { ...nothing, ...one },
        { ...nothing, ...other },
      ],
    )
    expect(first?.[0]).not.toBeNull()
    expect(first).toEqual(second)
  })

  test.each([
    ['users_email_lower', { email: 'a@b' }, { email: 'a@c' }],
    ['users_slug_live', { slug: 's' }, { slug: 'S' }],
    ['users_tenant_external_no', { tenant: '1', external_no: '11' }, { tenant: '11', external_no: '1' }],
    ['users_badge', { badge_series: 'A' }, { badge_series: 'A', badge_no: '0' }],
  ])('of %s differs for keys that the database tells apart', async (key, one, other) => {
    const [first, second] = await images(
      ground,
      [key],
      [
        { ...nothing, ...one },
        { ...nothing, ...other },
      ],
    )
    expect(first).not.toEqual(second)
  })

  test('is null where a record stands outside of a partial key', async () => {
    const outside = { ...nothing, slug: 's', deleted_at: '2026-01-01T00:00:00Z' }
    expect(await images(ground, ['users_slug_live'], [outside])).toEqual([[null]])
  })

  test('has a null for a null member where nulls are equal, and follows the order of the keys asked', async () => {
    const record = { ...nothing, badge_series: 'A', slug: 's' }
    const [image] = await images(ground, ['users_slug_live', 'users_badge'], [record])
    expect(image?.[0]).toEqual([expect.any(String)])
    expect(image?.[1]).toEqual([expect.any(String), null])
  })
})

async function hits(ground: Ground, keys: readonly string[], records: readonly Values[]) {
  const staged = stage(await ground.target.readTable(users), records)
  const probe = await ask(ground, (batch) => batch.probe('people', keys, staged))
  return probe.hits.toSorted((a, b) => a.ordinal - b.ordinal || (a.key < b.key ? -1 : 1))
}

async function collisions(ground: Ground, keys: readonly string[], records: readonly Values[]) {
  const staged = stage(await ground.target.readTable(users), records)
  const probe = await ask(ground, (batch) => batch.probe('people', keys, staged))
  return probe.collisions.toSorted((a, b) => a.ordinal - b.ordinal)
}

async function images(ground: Ground, keys: readonly string[], records: readonly Values[]) {
  const staged = stage(await ground.target.readTable(users), records)
  const found = await ask(ground, (batch) => batch.keyImages(keys, staged))
  return records.map((_, ordinal) => found.get(ordinal))
}
