import { expect, test } from 'vitest'
import type { OwnedEntry } from '../../src/target/batch.js'
import type { Referrer } from '../../src/target/table.js'
import { ask, changes, contract, land, uuid, write, type Ground } from './contract.js'
import { organizations, users } from './tables.js'

contract('taking rows away', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Acme' }
  const beta = { id: uuid(2), slug: 'beta', name: 'Beta' }

  const names = (entries: readonly OwnedEntry[]) => entries.map((entry) => entry.legacyKey)

  test('owners are listed page by page in the order of their keys, those without a row left out', async () => {
    const { table } = await land(ground, organizations, {
      b: acme,
      a: beta,
      C: { id: uuid(3), slug: 'c', name: 'C' },
      d: { id: uuid(4), slug: 'd', name: 'D' },
    })
    await ground.database.execute(`delete from organizations where slug = 'd'`)
    const first = await ask(ground, (batch) => batch.owners('people', table, { after: null, limit: 2 }))
    expect(names(first)).toEqual(['C', 'a'])
    const second = await ask(ground, (batch) => batch.owners('people', table, { after: 'a', limit: 2 }))
    expect(names(second)).toEqual(['b'])
    expect(second[0]).toEqual({
      legacyKey: 'b',
      rowKey: uuid(1),
      fingerprint: 'f:b',
      role: 'owner',
      made: true,
      applied: null,
      parentKey: null,
    })
  })

  test('a row that was found is not one that was made, also when it changes hands', async () => {
    const { table } = await land(ground, organizations, { made: acme })
    const found = { ...write(0, 'found', { action: 'link', rowKey: uuid(1), role: 'owner' }), record: acme }
    await ask(ground, (batch) => batch.apply({ ...changes(table, [found]), pipeline: 'others' }))
    const takes = {
      ...write(0, 'heir', { action: 'link', rowKey: uuid(1), formerOwner: 'made' }),
      record: acme,
    }
    await ask(ground, (batch) => batch.apply(changes(table, [takes])))
    const owners = async (pipeline: string) =>
      (await ask(ground, (batch) => batch.owners(pipeline, table, { after: null, limit: 9 }))).map(
        (entry) => [entry.legacyKey, entry.made],
      )
    expect(await owners('others')).toEqual([['found', false]])
    expect(await owners('people')).toEqual([['heir', true]])
  })

  test('the children of a record are found by its key, with what was applied', async () => {
    const { table } = await land(ground, organizations, {})
    const children = [
      { ...write(0, '["p","a"]', { parentKey: 'p', applied: '{"name":"x"}' }), record: acme },
      { ...write(1, '["q","b"]', { parentKey: 'q' }), record: beta },
    ]
    await ask(ground, (batch) => batch.apply(changes(table, children)))
    const found = await ask(ground, (batch) => batch.offspring('people', ['p', 'nobody']))
    expect(found).toMatchObject([{ legacyKey: '["p","a"]', parentKey: 'p', applied: '{"name":"x"}' }])
  })

  test('rows that another pipeline owns are shared', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    const found = { ...write(0, 'x', { action: 'link', rowKey: uuid(2) }), record: beta }
    await ask(ground, (batch) => batch.apply({ ...changes(table, [found]), pipeline: 'others' }))
    const shared = await ask(ground, (batch) => batch.sharedRows('people', table, [uuid(1), uuid(2)]))
    expect([...shared]).toEqual([[uuid(2), [{ pipeline: 'others', legacyKey: 'x' }]]])
  })

  const member = async ({ target }: Ground) => {
    const table = await target.readTable(users)
    const ann = { ...write(0, 'ann'), record: { id: uuid(7), slug: 'ann', organization_id: uuid(1) } }
    await ask(ground, (batch) => batch.apply({ ...changes(table, [ann]), pipeline: 'members' }))
  }

  test('a row that another row points at is told, unless that one is gone', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    await member(ground)
    const referred = (gone?: ReadonlyMap<string, ReadonlySet<string>>) =>
      ask(ground, (batch) => batch.referredRows(table, [uuid(1), uuid(2)], gone))
    expect([...(await referred())]).toEqual([uuid(1)])
    expect([...(await referred(new Map([['users', new Set([uuid(7)])]])))]).toEqual([])
    expect([...(await referred(new Map([['users', new Set([uuid(8)])]])))]).toEqual([uuid(1)])
  })

  test('the rows that point at a row are listed page by page, in the order of their keys', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    const members = await ground.target.readTable(users)
    const joined = [7, 9, 8].map((number, ordinal) => ({
      ...write(ordinal, `m${number}`),
      record: { id: uuid(number), slug: `m${number}`, badge_no: String(number), organization_id: uuid(1) },
    }))
    await ask(ground, (batch) => batch.apply({ ...changes(members, joined), pipeline: 'members' }))
    const referrer = table.referrers.find((candidate) => candidate.table === 'users') as Referrer
    const page = async (after: string | null) => [
      ...(await ask(ground, (batch) =>
        batch.pointingRows(
          table,
          referrer,
          new Map([
            [uuid(1), after],
            [uuid(2), null],
          ]),
          2,
        ),
      )),
    ]
    expect(await page(null)).toEqual([
      [uuid(1), [uuid(7), uuid(8)]],
      [uuid(2), []],
    ])
    expect(await page(uuid(8))).toEqual([
      [uuid(1), [uuid(9)]],
      [uuid(2), []],
    ])
  })

  test('a row goes with its entries; one that is pointed at stays with its own', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    await member(ground)
    const refused = await ask(ground, (batch) =>
      batch.remove({ pipeline: 'people', runId: 1 }, table, [uuid(1), uuid(2)]),
    )
    expect([...refused]).toEqual([uuid(1)])
    expect(await ground.database.count('select count(*) from organizations')).toBe(1)
    const left = await ask(ground, (batch) => batch.owners('people', table, { after: null, limit: 9 }))
    expect(names(left)).toEqual(['acme'])
  })

  test('what is forgotten keeps its row', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    await ask(ground, (batch) => batch.forget({ pipeline: 'people', runId: 1 }, table, ['acme']))
    expect(await ground.database.count('select count(*) from organizations')).toBe(2)
    const left = await ask(ground, (batch) => batch.owners('people', table, { after: null, limit: 9 }))
    expect(names(left)).toEqual(['beta'])
  })
})
