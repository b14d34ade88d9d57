import { expect, test } from 'vitest'
import { ask, contract, land, stage, uuid, type Ground, type Values } from './contract.js'
import { organizations, samples, users } from './tables.js'

/** Canonical texts by column: one that is stored, and another one. */
const texts: Readonly<Record<string, readonly [string, string]>> = {
  text: ['Ünïcode \u{1f600} "quoted", \\ {x}', 'ünïcode'],
  varchar: ['abcde', 'abcd'],
  char: ['ab', 'abc'],
  citext: ['Case', 'case'],
  smallint: ['-32768', '32767'],
  integer: ['2147483647', '-2147483648'],
  bigint: ['9007199254740993', '9007199254740992'],
  money: ['12345678.90', '12345678.91'],
  numeric: ['123456789012345678901234567890.12345', '123456789012345678901234567890.12346'],
  real: ['0.1', '0.25'],
  double: ['0.1', '0.30000000000000004'],
  boolean: ['true', 'false'],
  uuid: [uuid(5), uuid(6)],
  timestamptz: ['2024-02-29T23:59:59.123456Z', '2024-02-29T23:59:59Z'],
  timestamp: ['2024-02-29T23:59:59.5', '2024-02-29T23:59:59'],
  date: ['2024-02-29', '1999-12-31'],
  time: ['23:59:59', '00:00:00'],
  json: ['{"a":[1,2.5,null],"b":"ü"}', '{"a":[2,1]}'],
  jsonb: ['{"a":[1,2.5,null],"b":"ü"}', '"text"'],
  mood: ['glad', 'sad'],
  tags: ['{a,"b c",NULL,"d\\"e"}', '{}'],
  numbers: ['{1,NULL,3}', '{1,3}'],
  bytes: ['\\x00ff10', '\\x'],
}

contract('comparing rows with records', (ground) => {
  const stored: Values = {
    id: uuid(1),
    ...Object.fromEntries(Object.entries(texts).map(([column, [text]]) => [column, text])),
  }

  test('a row that was just written differs in no column, of whatever type', async () => {
    await land(ground, samples, { stored })
    expect(await differences(ground, stored)).toEqual([])
    expect(await reread(ground, stored)).toBe(true)
  })

  test('a row of nulls that was just written differs in no column', async () => {
    const empty = { ...Object.fromEntries(Object.keys(texts).map((column) => [column, null])), id: uuid(1) }
    await land(ground, samples, { empty })
    expect(await differences(ground, empty)).toEqual([])
    expect(await reread(ground, empty)).toBe(true)
  })

  test.each(Object.entries(texts))(
    'another value of %s is a difference, and the current one is canonical',
    async (column, [text, other]) => {
      await land(ground, samples, { stored })
      expect(await differences(ground, { ...stored, [column]: other })).toEqual([{ column, current: text }])
      expect(await differences(ground, { ...stored, [column]: null })).toEqual([{ column, current: text }])
      expect(await reread(ground, { ...stored, [column]: other })).toBe(false)
    },
  )

  test.each(Object.entries(texts))(
    'a value of %s where the row has none is a difference',
    async (column, [text]) => {
      const record = { id: uuid(1), [column]: null }
      await land(ground, samples, { record })
      expect(await differences(ground, { id: uuid(1), [column]: text })).toEqual([{ column, current: null }])
    },
  )

  test('the second value of each type is stored and read as it is, too', async () => {
    const others = {
      id: uuid(1),
      ...Object.fromEntries(Object.entries(texts).map(([column, [, text]]) => [column, text])),
    }
    await land(ground, samples, { others })
    expect(await differences(ground, others)).toEqual([])
    const nulls = { ...Object.fromEntries(Object.keys(texts).map((column) => [column, null])), id: uuid(1) }
    expect(await differences(ground, nulls)).toEqual(
      Object.entries(texts).map(([column, [, current]]) => ({ column, current })),
    )
  })

  test('numbers of the same value are no difference, however many zeros they end in', async () => {
    await land(ground, samples, { stored: { id: uuid(1), numeric: '1.50' } })
    expect(await differences(ground, { id: uuid(1), numeric: '1.5' })).toEqual([])
  })

  test('JSON that another program wrote with other blanks and another order is no difference', async () => {
    const written = '{ "b": 2, "a": 1 }'
    await ground.database.execute(
      `insert into samples (id, json, jsonb) values ('${uuid(1)}', '${written}', '${written}')`,
    )
    const same = '{"a":1,"b":2}'
    expect(await differences(ground, { id: uuid(1), json: same, jsonb: same })).toEqual([])
    expect(await differences(ground, { id: uuid(1), json: '{}', jsonb: same })).toEqual([
      { column: 'json', current: same },
    ])
  })

  test('upper and lower case are a difference where the column folds case', async () => {
    await land(ground, users, { ann: { id: uuid(1), handle: 'Ann' } })
    const table = await ground.target.readTable(users)
    const found = await ask(ground, (batch) =>
      batch.differences(stage(table, [{ handle: 'ann' }]), new Map([[0, uuid(1)]])),
    )
    expect(found.get(0)).toMatchObject([{ column: 'handle', current: 'Ann' }])
  })

  test('rows that are equal, rows that are gone and records without a row do not appear', async () => {
    const { table } = await land(ground, organizations, {
      acme: { id: uuid(1), slug: 'acme', name: 'Acme' },
      busy: { id: uuid(2), slug: 'busy', name: 'Busy' },
    })
    const staged = stage(table, [
      { slug: 'acme', name: 'Acme' },
      { slug: 'busy', name: 'Changed' },
      { slug: 'gone', name: 'Gone' },
      { slug: 'new', name: 'New' },
    ])
    const rowKeys = new Map([
      [0, uuid(1)],
      [1, uuid(2)],
      [2, uuid(3)],
    ])
    const found = await ask(ground, (batch) => batch.differences(staged, rowKeys))
    expect([...found]).toMatchObject([[1, [{ column: 'name', current: 'Busy' }]]])
    const differing = await ask(ground, (batch) => batch.reread(staged, rowKeys))
    expect(differing.toSorted((a, b) => a - b)).toEqual([1, 2])
  })
})

async function differences(ground: Ground, record: Values) {
  const table = await ground.target.readTable(samples)
  const found = await ask(ground, (batch) =>
    batch.differences(stage(table, [record]), new Map([[0, uuid(1)]])),
  )
  return (found.get(0) ?? []).map(({ column, current }) => ({ column, current }))
}

async function reread(ground: Ground, record: Values) {
  const table = await ground.target.readTable(samples)
  const differing = await ask(ground, (batch) =>
    batch.reread(stage(table, [record]), new Map([[0, uuid(1)]])),
  )
  return differing.length === 0
}
