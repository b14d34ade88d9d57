import { expect, test } from 'vitest'
import { ask, changes, contract, land, uuid, write } from './contract.js'
import { memberships, organizations, receipts } from './tables.js'

contract('what the ledger knows of records', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Acme' }

  test('an owner with the same fingerprint whose row exists is settled', async () => {
    const { table } = await land(ground, organizations, { acme })
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [{ ordinal: 7, legacyKey: 'acme', fingerprint: 'f:acme' }]),
    )
    expect([...recall.settled]).toEqual([7])
    expect(recall.known.size).toBe(0)
  })

  test('an owner with another fingerprint is known, with its row', async () => {
    const { table } = await land(ground, organizations, { acme })
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme', fingerprint: 'another' }]),
    )
    expect(recall.settled.size).toBe(0)
    expect(recall.known.get(0)).toEqual({
      ordinal: 0,
      rowKey: uuid(1),
      role: 'owner',
      sameFingerprint: false,
      rowExists: true,
      owner: null,
      applied: null,
    })
  })

  test('an owner whose row somebody deleted is known, and its row is said to be gone', async () => {
    const { table } = await land(ground, organizations, { acme })
    await ground.database.execute('delete from organizations')
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' }]),
    )
    expect(recall.settled.size).toBe(0)
    expect(recall.known.get(0)).toMatchObject({ role: 'owner', sameFingerprint: true, rowExists: false })
  })

  test('a stub owns its row, leads to it and is never settled', async () => {
    const { table } = await land(ground, organizations, {})
    const stub = { ...write(0, 'acme', { role: 'stub' }), record: acme }
    const alias = { ...write(1, 'acme-2', { action: 'link', role: 'alias', rowKey: uuid(1) }), record: acme }
    await ask(ground, (batch) => batch.apply(changes(table, [stub, alias])))
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [
        { ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' },
        { ordinal: 1, legacyKey: 'acme-2', fingerprint: 'f:acme-2' },
      ]),
    )
    expect(recall.settled.size).toBe(0)
    expect(recall.known.get(0)).toMatchObject({ role: 'stub', rowKey: uuid(1), rowExists: true })
    expect(recall.known.get(1)).toMatchObject({ role: 'alias', owner: 'acme' })
    const found = await ask(ground, (batch) => batch.resolve('people', table, ['acme']))
    expect(found.get('acme')?.rowKey).toBe(uuid(1))
    expect((await ground.target.ledger.states())[0]).toMatchObject({ owners: 1, aliases: 1 })
  })

  test('an alias is never settled and names the owner of its row', async () => {
    const { table } = await land(ground, organizations, { acme })
    const alias = { ...write(0, 'acme-2', { action: 'link', role: 'alias', rowKey: uuid(1) }), record: acme }
    await ask(ground, (batch) => batch.apply(changes(table, [alias])))
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme-2', fingerprint: 'f:acme-2' }]),
    )
    expect(recall.settled.size).toBe(0)
    expect(recall.known.get(0)).toEqual({
      ordinal: 0,
      rowKey: uuid(1),
      role: 'alias',
      sameFingerprint: true,
      rowExists: true,
      owner: 'acme',
      applied: null,
    })
  })

  test('a record that was marked as deleted keeps that role', async () => {
    const { table } = await land(ground, organizations, { acme })
    await ground.database.execute('delete from organizations')
    const deleted = {
      ...write(0, 'acme', { action: 'link', role: 'deleted', known: true, rowKey: uuid(1) }),
      record: acme,
    }
    await ask(ground, (batch) => batch.apply(changes(table, [deleted])))
    const recall = await ask(ground, (batch) =>
      batch.recall('people', table, [{ ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' }]),
    )
    expect(recall.settled.size).toBe(0)
    expect(recall.known.get(0)).toMatchObject({ role: 'deleted', sameFingerprint: true, rowExists: false })
  })

  test('everybody else is unknown, and so is a record of another pipeline', async () => {
    const { table } = await land(ground, organizations, { acme })
    const entry = { ordinal: 0, legacyKey: 'other', fingerprint: 'f' }
    const unknown = await ask(ground, (batch) => batch.recall('people', table, [entry]))
    const foreign = await ask(ground, (batch) =>
      batch.recall('else', table, [{ ...entry, legacyKey: 'acme' }]),
    )
    expect([unknown.settled.size, unknown.known.size, foreign.settled.size, foreign.known.size]).toEqual([
      0, 0, 0, 0,
    ])
  })

  test('a row with a composite key, or with one that the database made, is found again', async () => {
    const member = { user_id: uuid(3), team: 'a "b", c', role: null }
    const { table, rowKeys } = await land(ground, memberships, { member })
    expect(rowKeys.get(0)).toBe(JSON.stringify([uuid(3), 'a "b", c']))
    const entry = { ordinal: 0, legacyKey: 'member', fingerprint: 'f:member' }
    expect((await ask(ground, (batch) => batch.recall('people', table, [entry]))).settled.size).toBe(1)

    const receipt = await land(ground, receipts, { receipt: { label: 'r' } })
    const made = { ordinal: 0, legacyKey: 'receipt', fingerprint: 'f:receipt' }
    expect((await ask(ground, (batch) => batch.recall('people', receipt.table, [made]))).settled.size).toBe(1)
  })

  test('without a ledger nobody is known and nothing resolves', async () => {
    const table = await ground.target.readTable(organizations)
    const entry = { ordinal: 0, legacyKey: 'acme', fingerprint: 'f:acme' }
    const recall = await ask(ground, (batch) => batch.recall('people', table, [entry]))
    expect([recall.settled.size, recall.known.size]).toEqual([0, 0])
    expect((await ask(ground, (batch) => batch.resolve('people', table, ['acme']))).size).toBe(0)
    expect(await ground.target.ledger.exists()).toBe(false)
  })

  test('an empty question has an empty answer', async () => {
    const { table } = await land(ground, organizations, { acme })
    const recall = await ask(ground, (batch) => batch.recall('people', table, []))
    expect([recall.settled.size, recall.known.size]).toEqual([0, 0])
  })
})

contract('references', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Same' }
  const busy = { id: uuid(2), slug: 'busy', name: 'Same' }

  test('a legacy key resolves to its row, and so does an alias of it, which is told apart', async () => {
    const { table } = await land(ground, organizations, { acme, busy })
    const alias = { ...write(0, 'acme-2', { action: 'link', role: 'alias', rowKey: uuid(1) }), record: acme }
    await ask(ground, (batch) => batch.apply(changes(table, [alias])))
    const found = await ask(ground, (batch) =>
      batch.resolve('people', table, ['acme', 'acme-2', 'busy', 'nobody', 'acme']),
    )
    expect(Object.fromEntries(found)).toEqual({
      acme: { rowKey: uuid(1), isAlias: false },
      'acme-2': { rowKey: uuid(1), isAlias: true },
      busy: { rowKey: uuid(2), isAlias: false },
    })
  })

  test('a legacy key whose row was deleted resolves to nothing', async () => {
    const { table } = await land(ground, organizations, { acme })
    await ground.database.execute('delete from organizations')
    expect((await ask(ground, (batch) => batch.resolve('people', table, ['acme']))).size).toBe(0)
  })

  test('a value resolves to the one row that holds it', async () => {
    const { table } = await land(ground, organizations, { acme, busy })
    const found = await ask(ground, (batch) => batch.resolveBy(table, 'slug', ['busy', 'nobody']))
    expect(Object.fromEntries(found)).toEqual({ busy: uuid(2) })
  })

  test('a value that several rows hold resolves to nothing', async () => {
    const { table } = await land(ground, organizations, { acme, busy })
    expect((await ask(ground, (batch) => batch.resolveBy(table, 'name', ['Same']))).size).toBe(0)
  })
})
