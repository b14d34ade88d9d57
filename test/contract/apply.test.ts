import { describe, expect, test } from 'vitest'
import { TargetError } from '../../src/errors.js'
import type { Failure, Write } from '../../src/target/writes.js'
import type { TargetTable } from '../../src/target/table.js'
import { aReject } from './a-reject.js'
import { ask, changes, contract, land, rowsOf, uuid, write, type Ground, type Values } from './contract.js'
import { counters, memberships, organizations, receipts, samples, settings, users } from './tables.js'

contract('writing', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Acme' }
  const beta = { id: uuid(2), slug: 'beta', name: 'Beta' }

  test('an insert with a given key lands and answers that key', async () => {
    const { rowKeys, failures } = await land(ground, organizations, { acme })
    expect([...rowKeys]).toEqual([[0, uuid(1)]])
    expect(failures).toEqual([])
    expect(await rowsOf(ground, organizations, ['slug', 'name'], [uuid(1)])).toEqual([
      { slug: 'acme', name: 'Acme' },
    ])
  })

  test.each([
    ['by default', counters],
    ['always', receipts],
  ])('an insert whose key the database makes %s answers the key', async (_, table) => {
    const { rowKeys } = await land(ground, table, { one: { label: 'one' }, two: { label: 'two' } })
    expect([...rowKeys]).toEqual([
      [0, '1'],
      [1, '2'],
    ])
    expect(await rowsOf(ground, table, ['label'], ['1', '2'])).toEqual([{ label: 'one' }, { label: 'two' }])
  })

  test.each([
    ['by default', counters],
    ['always', receipts],
  ])('an insert takes a given key where the database makes it %s', async (_, table) => {
    const { rowKeys, failures } = await land(ground, table, { one: { id: '42', label: 'one' } })
    expect(failures).toEqual([])
    expect([...rowKeys]).toEqual([[0, '42']])
  })

  test('a key beyond 2^53 stays exact', async () => {
    const { rowKeys } = await land(ground, receipts, { one: { id: '9007199254740993', label: 'one' } })
    expect([...rowKeys]).toEqual([[0, '9007199254740993']])
    expect(await rowsOf(ground, receipts, ['id', 'label'], ['9007199254740993'])).toEqual([
      { id: '9007199254740993', label: 'one' },
    ])
  })

  test('columns that are not named take the default of the database', async () => {
    await land(ground, users, { ann: { id: uuid(1), slug: 'ann' } })
    const [row] = await rowsOf(ground, users, ['status', 'created_at'], [uuid(1)])
    expect(row).toEqual({
      status: 'active',
      created_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/) as string,
    })
  })

  test.each([true, false])(
    'who is free is inserted, who is not is missed, with hope for all: %s',
    async (isHopeful) => {
      const { table } = await land(ground, organizations, { acme })
      const seen: number[][] = []
      const insertFree = (records: Readonly<Record<string, Values>>, stays = true) =>
        ask(ground, (batch) =>
          batch.insertFree(
            changes(
              table,
              Object.entries(records).map(([key, record], ordinal) => ({ ...write(ordinal, key), record })),
            ),
            {
              isHopeful,
              mayStay: async (missed) => {
                seen.push([...missed])
                return stays
              },
            },
          ),
        )
      const slugs = () => rowsOf(ground, organizations, ['slug'], [uuid(1), uuid(2), uuid(3)])
      const taken = { id: uuid(3), slug: 'acme', name: null }
      const twice = { id: uuid(2), slug: 'other', name: null }

      expect(await insertFree({ beta, taken, twice }, false)).toBeUndefined()
      expect(seen).toEqual([[1, 2]])
      expect(await slugs()).toEqual([{ slug: 'acme' }, { slug: null }, { slug: null }])
      const known = () => ground.target.ledger.knownKeys('people', ['beta', 'taken', 'twice'])
      expect(await known()).toEqual(new Map())

      // Postgres tells by its row key alone who was inserted.
      const sameKey = await insertFree({ taken, other: { ...taken, slug: 'other' } }, false)
      expect([sameKey, seen.at(-1)]).toEqual([
        undefined,
        ground.target.info.dialect === 'sqlite' ? [0] : [0, 1],
      ])

      const inserted = await insertFree({ beta, taken, twice })
      expect([...(inserted?.missed ?? [])]).toEqual([1, 2])
      expect([...(inserted?.applied.rowKeys ?? [])]).toEqual([[0, uuid(2)]])
      expect(await slugs()).toEqual([{ slug: 'acme' }, { slug: 'beta' }, { slug: null }])
      expect([...(await known()).keys()]).toEqual(['beta'])

      const free = await insertFree({ free: { ...taken, slug: 'free' } })
      expect([...(free?.missed ?? [])]).toEqual([])
      expect(await slugs()).toEqual([{ slug: 'acme' }, { slug: 'beta' }, { slug: 'free' }])
    },
  )

  test('a row that the database rounds is not said to hold what was given', async () => {
    const { holding } = await land(ground, samples, { one: { id: uuid(1), money: '1.005' } })
    expect([...holding]).toEqual([])
  })

  test('an update writes the changed columns and leaves the others', async () => {
    const { table } = await land(ground, organizations, { acme })
    await ground.database.execute(`update organizations set slug = 'edited'`)
    const record = { ...acme, slug: 'ignored', name: 'Changed' }
    const update = write(0, 'acme', {
      action: 'update',
      known: true,
      rowKey: uuid(1),
      changed: new Set(['name']),
    })
    const applied = await ask(ground, (batch) => batch.apply(changes(table, [{ ...update, record }])))
    expect([...applied.rowKeys]).toEqual([[0, uuid(1)]])
    expect(await rowsOf(ground, organizations, ['slug', 'name'], [uuid(1)])).toEqual([
      { slug: 'edited', name: 'Changed' },
    ])
  })

  describe('an update that says what was read', () => {
    const update = (seen: string | null, more: Partial<Write> = {}) =>
      write(0, 'acme', {
        action: 'update',
        known: true,
        rowKey: uuid(1),
        changed: new Set(['name']),
        seen: new Map([['name', seen]]),
        ...more,
      })
    const record = { ...acme, name: 'Changed' }

    test('is made where the row still holds it', async () => {
      const { table } = await land(ground, organizations, { acme })
      const [seen] = await seenOf(ground, table)
      const applied = await ask(ground, (batch) =>
        batch.apply(changes(table, [{ ...update(seen ?? null), record }])),
      )
      expect([...applied.moved]).toEqual([])
      expect(await rowsOf(ground, organizations, ['name'], [uuid(1)])).toEqual([{ name: 'Changed' }])
    })

    test('writes nothing where somebody changed the row since, and leaves its neighbours alone', async () => {
      const { table } = await land(ground, organizations, { acme, beta })
      const [seen] = await seenOf(ground, table)
      await ground.database.execute(`update organizations set name = 'Edited' where slug = 'acme'`)
      const writes = [
        { ...update(seen ?? null), record },
        {
          ...update(null, { seen: new Map() }),
          ordinal: 1,
          legacyKey: 'beta',
          rowKey: uuid(2),
          record: beta,
        },
      ]
      const applied = await ask(ground, (batch) => batch.apply(changes(table, writes)))
      expect([...applied.moved]).toEqual([0])
      expect(applied.failures).toEqual([])
      expect(await rowsOf(ground, organizations, ['name'], [uuid(1)])).toEqual([{ name: 'Edited' }])
      const recall = await ask(ground, (batch) =>
        batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' }]),
      )
      expect([...recall.settled]).toEqual([0])
    })

    test('does not take a row for changed that is gone', async () => {
      const { table } = await land(ground, organizations, { acme })
      const [seen] = await seenOf(ground, table)
      await ground.database.execute('delete from organizations')
      const applied = await ask(ground, (batch) =>
        batch.apply(changes(table, [{ ...update(seen ?? null), record }])),
      )
      expect([...applied.moved]).toEqual([])
      expect(applied.failures).toMatchObject([{ ordinal: 0, code: 'database', nativeCode: 'CO001' }])
    })
  })

  test('an update may write a null', async () => {
    const { table } = await land(ground, organizations, { acme })
    const update = write(0, 'acme', {
      action: 'update',
      known: true,
      rowKey: uuid(1),
      changed: new Set(['name']),
    })
    await ask(ground, (batch) =>
      batch.apply(changes(table, [{ ...update, record: { ...acme, name: null } }])),
    )
    expect(await rowsOf(ground, organizations, ['name'], [uuid(1)])).toEqual([{ name: null }])
  })

  test('an update finds rows with composite keys and rows without a primary key', async () => {
    const member = { user_id: uuid(1), team: 'red', role: 'old' }
    const members = await land(ground, memberships, { member })
    const rowKey = members.rowKeys.get(0) as string
    const update = { action: 'update', known: true } as const
    const changed = new Set(['role'])
    await ask(ground, (batch) =>
      batch.apply(
        changes(members.table, [
          { ...write(0, 'member', { ...update, rowKey, changed }), record: { ...member, role: 'new' } },
        ]),
      ),
    )
    expect(await rowsOf(ground, memberships, ['role'], [rowKey])).toEqual([{ role: 'new' }])

    const setting = await land(ground, settings, { setting: { key: 'k', value: 'old' } })
    const other = {
      ...write(0, 'setting', { ...update, rowKey: 'k', changed: new Set(['value']) }),
      record: { key: 'k', value: 'new' },
    }
    await ask(ground, (batch) => batch.apply(changes(setting.table, [other])))
    expect(await rowsOf(ground, settings, ['value'], ['k'])).toEqual([{ value: 'new' }])
  })

  test('a link writes the ledger alone', async () => {
    await ground.database.execute(`insert into organizations (id, slug) values ('${uuid(1)}', 'there')`)
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    const link = { ...write(0, 'acme', { action: 'link', rowKey: uuid(1) }), record: acme }
    await ask(ground, (batch) => batch.apply(changes(table, [link])))
    expect(await rowsOf(ground, organizations, ['slug'], [uuid(1)])).toEqual([{ slug: 'there' }])
    expect((await ask(ground, (batch) => batch.resolve('people', table, ['acme']))).get('acme')?.rowKey).toBe(
      uuid(1),
    )
  })

  test('an entry that is known takes the new fingerprint, row and role', async () => {
    const { table } = await land(ground, organizations, { acme, busy: { id: uuid(2), slug: 'busy' } })
    const moved = write(0, 'acme', {
      action: 'link',
      known: true,
      rowKey: uuid(2),
      role: 'alias',
      fingerprint: 'new',
    })
    await ask(ground, (batch) => batch.apply(changes(table, [{ ...moved, record: acme }])))
    const entry = { ordinal: 0, legacyKey: 'acme', fingerprint: 'new' }
    const recall = await ask(ground, (batch) => batch.recall('people', table, [entry]))
    expect(recall.known.get(0)).toMatchObject({
      rowKey: uuid(2),
      role: 'alias',
      sameFingerprint: true,
      owner: 'busy',
    })
  })

  test('the former owner of a row becomes an alias of the new one', async () => {
    const { table } = await land(ground, organizations, { old: acme })
    const takeover = write(0, 'new', { action: 'link', rowKey: uuid(1), formerOwner: 'old' })
    await ask(ground, (batch) => batch.apply(changes(table, [{ ...takeover, record: acme }])))
    const entries = ['old', 'new'].map((legacyKey, ordinal) => ({
      ordinal,
      legacyKey,
      fingerprint: `f:${legacyKey}`,
    }))
    const recall = await ask(ground, (batch) => batch.recall('people', table, entries))
    expect([...recall.settled]).toEqual([1])
    expect(recall.known.get(0)).toMatchObject({ role: 'alias', owner: 'new', rowKey: uuid(1) })
  })

  test('an alias of a row whose keys change is matched afresh, but not one that this run has made', async () => {
    const { table } = await land(ground, organizations, { acme })
    const link = (legacyKey: string) => ({
      ...write(0, legacyKey, { action: 'link', role: 'alias', rowKey: uuid(1) }),
      record: acme,
    })
    const update = write(0, 'acme', {
      action: 'update',
      known: true,
      rowKey: uuid(1),
      changed: new Set(['slug']),
    })
    await ask(ground, (batch) => batch.apply(changes(table, [link('older')])))
    await ask(ground, (batch) => batch.apply(changes(table, [link('newer')], 2)))
    const record = { ...acme, slug: 'acme-1' }
    await ask(ground, (batch) => batch.apply(changes(table, [{ ...update, record }], 2)))
    const entries = ['older', 'newer'].map((legacyKey, ordinal) => ({
      ordinal,
      legacyKey,
      fingerprint: `f:${legacyKey}`,
    }))
    const { known } = await ask(ground, (batch) => batch.recall('people', table, entries))
    expect([0, 1].map((ordinal) => known.get(ordinal)?.sameFingerprint)).toEqual([false, true])
  })

  test('insert, update and link go together in one batch', async () => {
    const { table } = await land(ground, organizations, {
      acme,
      busy: { id: uuid(2), slug: 'busy', name: 'Busy' },
    })
    const applied = await ask(ground, (batch) =>
      batch.apply(
        changes(table, [
          { ...write(0, 'calm'), record: { id: uuid(3), slug: 'calm', name: 'Calm' } },
          {
            ...write(1, 'acme', {
              action: 'update',
              known: true,
              rowKey: uuid(1),
              changed: new Set(['slug']),
            }),
            record: { ...acme, slug: 'acme-1' },
          },
          { ...write(2, 'busy-2', { action: 'link', role: 'alias', rowKey: uuid(2) }), record: acme },
          {
            ...write(3, 'busy', {
              action: 'update',
              known: true,
              rowKey: uuid(2),
              changed: new Set(['name']),
            }),
            record: { id: uuid(2), slug: 'x', name: 'Busier' },
          },
        ]),
      ),
    )
    expect(applied.failures).toEqual([])
    expect([applied.rowKeys.get(0), applied.rowKeys.get(1), applied.rowKeys.get(3)]).toEqual([
      uuid(3),
      uuid(1),
      uuid(2),
    ])
    expect(await rowsOf(ground, organizations, ['slug', 'name'], [uuid(1), uuid(2), uuid(3)])).toEqual([
      { slug: 'acme-1', name: 'Acme' },
      { slug: 'busy', name: 'Busier' },
      { slug: 'calm', name: 'Calm' },
    ])
  })

  test('nothing to write is nothing done', async () => {
    const { table } = await land(ground, organizations, { acme })
    const applied = await ask(ground, (batch) => batch.apply(changes(table, [])))
    expect([applied.rowKeys.size, applied.failures]).toEqual([0, []])
  })

  test('a row may point at another one of the same batch, whichever comes first', async () => {
    const { failures } = await land(ground, users, {
      ann: { id: uuid(1), manager_id: uuid(2), badge_series: '1' },
      bob: { id: uuid(2), manager_id: null, badge_series: '2' },
      cyd: { id: uuid(3), manager_id: uuid(3), badge_series: '3' },
    })
    expect(failures).toEqual([])
  })
})

contract('a bad record among good ones', (ground) => {
  const good = (number: number): Values => ({
    id: uuid(number),
    slug: `slug-${number}`,
    email: `${number}@example.org`,
    badge_series: String(number),
    status: 'active',
    age: '1',
    organization_id: null,
    manager_id: null,
  })

  const cases: [string, Values, Partial<Failure>][] = [
    ['unique key', { slug: 'slug-1' }, { code: 'unique_conflict', constraint: 'users_slug_live' }],
    [
      'unique key over an expression',
      { email: '1@EXAMPLE.org' },
      { code: 'unique_conflict', constraint: 'users_email_lower' },
    ],
    [
      'unique key whose nulls are equal',
      { badge_series: '1' },
      { code: 'unique_conflict', constraint: 'users_badge' },
    ],
    ['primary key', { id: uuid(1) }, { code: 'unique_conflict', constraint: 'users_pkey' }],
    ['null', { status: null }, { code: 'not_null', column: 'status' }],
    ['check', { age: '-1' }, { code: 'check', constraint: 'users_age_positive' }],
    [
      'missing parent',
      { organization_id: uuid(99) },
      { code: 'foreign_key', constraint: 'users_organization_id_organizations_id_fk' },
    ],
    [
      'missing parent in its own table',
      { manager_id: uuid(99) },
      { code: 'foreign_key', constraint: 'users_manager' },
    ],
  ]

  test.each(cases)('with a %s fails alone and leaves nothing', async (_, values, failure) => {
    const { table, failures, rowKeys } = await land(ground, users, {
      first: good(1),
      bad: { ...good(2), ...values },
      last: good(3),
    })
    expect(failures).toEqual([expect.objectContaining({ ordinal: 1, ...failure })])
    expect([...rowKeys.keys()]).toEqual([0, 2])
    expect(await ground.database.count('select count(*) from users')).toBe(2)
    const known = await ask(ground, (batch) => batch.resolve('people', table, ['first', 'bad', 'last']))
    expect([...known].map(([key, { rowKey }]) => [key, rowKey])).toEqual([
      ['first', uuid(1)],
      ['last', uuid(3)],
    ])
    expect(await ground.target.countEntries('people', table)).toEqual({ entries: 2, rows: 2 })
  })

  test('of each kind: the good ones land, the bad ones are told one by one', async () => {
    const records = Object.fromEntries([
      ['first', good(1)],
      ...cases.map(([kind, values], index) => [kind, { ...good(index + 2), ...values }] as const),
      ['last', good(50)],
    ])
    const { failures, rowKeys } = await land(ground, users, records)
    expect(
      failures.toSorted((a, b) => a.ordinal - b.ordinal).map(({ ordinal, code }) => [ordinal, code]),
    ).toEqual(cases.map(([, , failure], index) => [index + 1, failure.code]))
    expect([...rowKeys.keys()]).toEqual([0, cases.length + 1])
    expect(await ground.database.count('select count(*) from users')).toBe(2)
  })

  test.each([
    ['text that is too long', { varchar: 'abcdef' }, 'too_long'],
    ['a number out of range', { smallint: '70000' }, 'out_of_range'],
    ['a label that the enum does not have', { mood: 'bored' }, 'type'],
  ])('with %s fails by its code', async (_, values: Values, code) => {
    const { failures } = await land(ground, samples, {
      first: { id: uuid(1), [Object.keys(values)[0] as string]: null },
      bad: { id: uuid(2), ...values },
    })
    expect(failures.map((failure) => [failure.ordinal, failure.code])).toEqual([[1, code]])
    expect(await ground.database.count('select count(*) from samples')).toBe(1)
  })

  test('an update that fails changes neither the row nor the ledger', async () => {
    const { table } = await land(ground, users, { ann: good(1), bob: good(2), cyd: good(3) })
    const update = (ordinal: number, key: string, number: number, values: Values) => ({
      ...write(ordinal, key, {
        action: 'update',
        known: true,
        rowKey: uuid(number),
        fingerprint: 'new',
        changed: new Set(Object.keys(values)),
      }),
      record: { ...good(number), ...values },
    })
    const applied = await ask(ground, (batch) =>
      batch.apply(
        changes(table, [
          update(0, 'ann', 1, { age: '2' }),
          update(1, 'bob', 2, { age: '2', slug: 'slug-3' }),
          update(2, 'cyd', 3, { age: '2' }),
        ]),
      ),
    )
    expect(applied.failures).toEqual([
      expect.objectContaining({ ordinal: 1, code: 'unique_conflict', constraint: 'users_slug_live' }),
    ])
    expect(await rowsOf(ground, users, ['age'], [uuid(1), uuid(2), uuid(3)])).toEqual([
      { age: '2' },
      { age: '1' },
      { age: '2' },
    ])
    const entries = ['ann', 'bob', 'cyd'].map((legacyKey, ordinal) => ({
      ordinal,
      legacyKey,
      fingerprint: 'new',
    }))
    expect([...(await ask(ground, (batch) => batch.recall('people', table, entries))).settled]).toEqual([
      0, 2,
    ])
  })

  test('an update of a row that is gone fails alone', async () => {
    const { table } = await land(ground, users, { ann: good(1), bob: good(2) })
    await ground.database.execute(`delete from users where id = '${uuid(1)}'`)
    const change = { action: 'update', known: true, changed: new Set(['age']) } as const
    const applied = await ask(ground, (batch) =>
      batch.apply(
        changes(table, [
          { ...write(0, 'ann', { ...change, rowKey: uuid(1) }), record: { ...good(1), age: '9' } },
          { ...write(1, 'bob', { ...change, rowKey: uuid(2) }), record: { ...good(2), age: '9' } },
        ]),
      ),
    )
    expect(applied.failures.map((failure) => [failure.ordinal, failure.code])).toEqual([[0, 'database']])
    expect(await rowsOf(ground, users, ['age'], [uuid(2)])).toEqual([{ age: '9' }])
  })

  test('no failure holds a row value', async () => {
    const { failures } = await land(ground, users, { ann: good(1), bob: { ...good(2), slug: 'slug-1' } })
    expect(JSON.stringify(failures)).not.toContain('slug-1')
  })
})

contract('a batch', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Acme' }

  test('that throws leaves nothing', async () => {
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    const broken = ground.target.inBatch(async (batch) => {
      await batch.apply(changes(table, [{ ...write(0, 'acme'), record: acme }]))
      await batch.keepRejects('people', 1, [aReject('r1')])
      throw new Error('the caller changed its mind')
    })
    await expect(broken).rejects.toThrow('the caller changed its mind')
    expect(await ground.database.count('select count(*) from organizations')).toBe(0)
    expect(await ground.target.ledger.openRejectIds('people')).toEqual([])
    expect((await land(ground, organizations, { acme })).failures).toEqual([])
  })

  test('answers what its work answers', async () => {
    expect(await ground.target.inBatch(async () => 7)).toBe(7)
  })

  test('of a rehearsal sees the batches before it and leaves nothing behind', async () => {
    const rehearsal: Ground = { ...ground, target: await ground.database.openTarget({ rehearsal: true }) }
    try {
      const { table } = await land(rehearsal, organizations, { acme })
      const recall = await ask(rehearsal, (batch) =>
        batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' }]),
      )
      expect([...recall.settled]).toEqual([0])
      await expect(
        rehearsal.target.inBatch(async (batch) => {
          await batch.apply(
            changes(table, [{ ...write(0, 'busy'), record: { ...acme, id: uuid(2), slug: 'busy' } }]),
          )
          throw new Error('stop')
        }),
      ).rejects.toThrow('stop')
      const known = await ask(rehearsal, (batch) => batch.resolve('people', table, ['acme', 'busy']))
      expect([...known.keys()]).toEqual(['acme'])
    } finally {
      await rehearsal.target.close()
    }
    expect(await ground.database.count('select count(*) from organizations')).toBe(0)
    expect(await ground.target.ledger.exists()).toBe(false)
  })
})

contract('a target that may only be read', (ground) => {
  test('answers questions and refuses to write', async () => {
    const { table } = await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    const reader: Ground = { ...ground, target: await ground.database.openTarget({ readOnly: true }) }
    try {
      expect(
        (await ask(reader, (batch) => batch.resolve('people', table, ['acme']))).get('acme')?.rowKey,
      ).toBe(uuid(1))
      const kept = ask(reader, (batch) => batch.keepRejects('people', 1, [aReject('r1')]))
      await expect(kept).rejects.toBeInstanceOf(TargetError)
    } finally {
      await reader.target.close()
    }
    expect(await ground.target.ledger.openRejectIds('people')).toEqual([])
  })
})

/** How the engine recognises the name of the first organization again. */
async function seenOf(ground: Ground, table: TargetTable) {
  const staged = { table, columns: ['name'], rows: [{ ordinal: 0, values: [null] }] }
  const held = await ask(ground, (batch) => batch.differences(staged, new Map([[0, uuid(1)]])))
  return (held.get(0) ?? []).map(({ seen }) => seen)
}
