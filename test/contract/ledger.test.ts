import { expect, test } from 'vitest'
import { aReject } from './a-reject.js'
import { aRun, ask, changes, contract, land, uuid, write } from './contract.js'
import { organizations, users } from './tables.js'

contract('the ledger', (ground) => {
  test('is not there before it is prepared; then it is, and preparing it again changes nothing', async () => {
    const { ledger } = ground.target
    expect(await ledger.exists()).toBe(false)
    await ledger.prepare()
    expect(await ledger.exists()).toBe(true)
    const id = await ledger.beginRun(aRun)
    await ledger.prepare()
    expect((await ledger.runs({ limit: 10 })).map((run) => run.id)).toEqual([id])
  })

  test('answers every question with nothing before it is there', async () => {
    const { target } = ground
    const table = await target.readTable(organizations)
    expect(await target.ledger.runs({ limit: 10 })).toEqual([])
    expect(await target.ledger.rejects({})).toEqual([])
    expect(await target.ledger.openRejectIds('people')).toEqual([])
    expect(await target.ledger.states()).toEqual([])
    expect(await target.countEntries('people', table)).toEqual({ entries: 0, rows: 0 })
    expect(
      await target.countDangling('people', await target.readTable(users), 'organization_id', table),
    ).toBe(0)
    expect(await target.ledger.exists()).toBe(false)
  })

  test('is there for whoever opens the database next', async () => {
    await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    const next = await ground.database.openTarget()
    try {
      const table = await next.readTable(organizations)
      const found = await next.inBatch((batch) => batch.resolve('people', table, ['acme']))
      expect(found.get('acme')?.rowKey).toBe(uuid(1))
    } finally {
      await next.close()
    }
  })

  test('numbers the runs 1, 2, 3 and tells the newest first', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    expect([await ledger.beginRun(aRun), await ledger.beginRun(aRun), await ledger.beginRun(aRun)]).toEqual([
      1, 2, 3,
    ])
    expect((await ledger.runs({ limit: 2 })).map((run) => run.id)).toEqual([3, 2])
    expect((await ledger.runs({ limit: 10, runId: 2 })).map((run) => run.id)).toEqual([2])
  })

  test('tells a run as it began and as it ended', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const id = await ledger.beginRun({
      ...aRun,
      pipelines: ['people', 'things'],
      deployment: 'd-1',
      commit: 'abc',
    })
    const begun = {
      id,
      command: 'run',
      status: 'running',
      exitCode: null,
      startedAt: '2026-01-02T03:04:05.678Z',
      finishedAt: null,
      toolVersion: '1.2.3',
      host: 'here',
      user: 'somebody',
      deployment: 'd-1',
      commit: 'abc',
      pipelines: ['people', 'things'],
      summary: null,
      undoes: null,
      undoneBy: null,
    }
    expect(await ledger.runs({ limit: 1 })).toEqual([begun])
    await ledger.finishRun(id, {
      status: 'ok',
      exitCode: 0,
      finishedAt: new Date('2026-01-02T03:05:00.001Z'),
      summary: '[{"name":"people"}]',
    })
    const [ended] = await ledger.runs({ limit: 1 })
    expect(ended).toEqual({
      ...begun,
      status: 'ok',
      exitCode: 0,
      finishedAt: '2026-01-02T03:05:00.001Z',
      summary: expect.any(String) as string,
    })
    expect(JSON.parse(ended?.summary ?? '')).toEqual([{ name: 'people' }])
  })

  test('tells what each pipeline has', async () => {
    const { table } = await land(ground, organizations, {
      acme: { id: uuid(1), slug: 'acme' },
      busy: { id: uuid(2), slug: 'busy' },
      calm: { id: uuid(3), slug: 'calm' },
    })
    const link = (ordinal: number, key: string, role: 'alias' | 'deleted', known: boolean) => ({
      ...write(ordinal, key, { action: 'link', role, known, rowKey: uuid(1) }),
      record: { slug: null },
    })
    await ask(ground, async (batch) => {
      await batch.apply(changes(table, [link(0, 'acme-2', 'alias', false), link(1, 'calm', 'deleted', true)]))
      await batch.keepRejects('people', 1, [aReject('r1'), aReject('r2')])
    })
    expect(await ground.target.ledger.states()).toEqual([
      { pipeline: 'people', table: 'organizations', owners: 2, aliases: 1, deleted: 1, openRejects: 2 },
    ])
  })
})

contract('rejects', (ground) => {
  test('are kept as they are told, and their records apart', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const full = {
      ...aReject('r1'),
      ordinal: 7,
      legacyKey: 'acme',
      column: 'age',
      record: '{"age":-1}',
      surroundings: '{"$key":"acme"}',
      copy: 'exact',
    } as const
    await ask(ground, (batch) => batch.keepRejects('people', 3, [full]))
    expect(await ledger.rejects({})).toEqual([
      {
        id: 'r1',
        runId: 3,
        pipeline: 'people',
        ordinal: 7,
        legacyKey: 'acme',
        at: 'people.json:1',
        code: 'check',
        column: 'age',
        message: 'expected a positive number',
        copy: 'exact',
      },
    ])
    expect(await ledger.rejectCopies(['r1', 'r2'])).toEqual(
      new Map([['r1', { record: '{"age":-1}', surroundings: '{"$key":"acme"}', copy: 'exact' }]]),
    )
  })

  test.each([
    ['quotes, backslashes and braces', String.raw`{"a":"\"},{\\","b":"NULL, {}"}`],
    ['half a character and NUL, as escapes', String.raw`{"a":"\ud83d","b":"\u0000"}`],
    ['more digits than a number has', '{"a":12345678901234567890.123456789,"b":1e400,"c":-0}'],
    ['the order of the fields', '{"b":1,"a":2}'],
    ['letters of every script', '{"a":"żółw 亀 🐢"}'],
  ])('keep their records to the letter: %s', async (_, record) => {
    await ground.target.ledger.prepare()
    const entry = { ...aReject('r1'), record, surroundings: record, copy: 'exact' as const }
    await ask(ground, (batch) => batch.keepRejects('people', 1, [entry]))
    expect(await ground.target.ledger.rejectCopies(['r1'])).toEqual(
      new Map([['r1', { record, surroundings: record, copy: 'exact' }]]),
    )
  })

  test('that are open already are renewed where they differ, and stay with the run that found them', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const old = { ...aReject('r1'), record: '{"age":-1}', copy: 'exact' as const }
    await ask(ground, (batch) => batch.keepRejects('people', 1, [old, old]))
    const renewed = { ...old, ordinal: 4, at: 'people.json:5', message: 'told again', record: '{"age":-2}' }
    await ask(ground, (batch) => batch.keepRejects('people', 2, [renewed, aReject('r2')]))
    const told = (await ledger.rejects({})).map(({ id, runId, ordinal, at, message }) => [
      id,
      runId,
      ordinal,
      at,
      message,
    ])
    expect(told).toEqual([
      ['r1', 1, 4, 'people.json:5', 'told again'],
      ['r2', 2, 0, 'people.json:1', 'expected a positive number'],
    ])
    expect((await ledger.rejectCopies(['r1'])).get('r1')?.record).toBe('{"age":-2}')
  })

  test('that stand for others by now take their place', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    await ask(ground, (batch) => batch.keepRejects('people', 1, [aReject('r1'), aReject('r2')]))
    await ask(ground, (batch) => batch.keepRejects('people', 2, [{ ...aReject('r3'), replaces: ['r1'] }]))
    expect((await ledger.rejects({})).map(({ id }) => id)).toEqual(['r2', 'r3'])
    expect(await ledger.rejects({ runId: 1 })).toHaveLength(1)
  })

  test('that are closed forget their records', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const entry = { ...aReject('r1'), record: '{"age":-1}', surroundings: '{}', copy: 'exact' as const }
    await ask(ground, (batch) => batch.keepRejects('people', 1, [entry]))
    await ledger.closeRejects('people', 2, ['r1'])
    expect((await ledger.rejectCopies(['r1'])).get('r1')).toEqual({
      record: null,
      surroundings: null,
      copy: 'none',
    })
  })

  test('are told in the order of the source, the tenth after the second', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const at = (ordinal: number) => ({ ...aReject(`r${ordinal}`), ordinal, at: `people.json:${ordinal}` })
    await ask(ground, (batch) => batch.keepRejects('people', 1, [at(10), at(2)]))
    expect((await ledger.rejects({})).map((row) => row.at)).toEqual(['people.json:2', 'people.json:10'])
  })

  test('ask whether the ledger knows anything of a pipeline at all, be it a reject', async () => {
    const { ledger } = ground.target
    expect(await ledger.knowsAny('people')).toBe(false)
    await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    await ask(ground, (batch) => batch.keepRejects('things', 1, [aReject('r1')]))
    expect(await ledger.knowsAny('people')).toBe(true)
    expect(await ledger.knowsAny('things')).toBe(true)
    expect(await ledger.knowsAny('others')).toBe(false)
  })

  test('ask which keys the ledger has, whatever became of their records', async () => {
    const { ledger } = ground.target
    expect(await ledger.knownKeys('people', ['acme'])).toEqual(new Map())
    await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    expect(await ledger.knownKeys('people', ['acme', 'busy'])).toEqual(new Map([['acme', 1]]))
    expect(await ledger.knownKeys('things', ['acme'])).toEqual(new Map())
    expect(await ledger.knownKeys('people', [])).toEqual(new Map())
  })

  test('are closed by the run in which they no longer occur, and opened again when they come back', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    await ask(ground, (batch) => batch.keepRejects('people', 1, [aReject('r1'), aReject('r2')]))
    await ledger.closeRejects('people', 2, ['r1', 'unknown'])
    await ledger.closeRejects('people', 2, [])
    expect(await ledger.openRejectIds('people')).toEqual(['r2'])
    expect(await ledger.rejects({})).toHaveLength(1)
    await ask(ground, (batch) => batch.keepRejects('people', 3, [{ ...aReject('r1'), message: 'again' }]))
    expect((await ledger.openRejectIds('people')).toSorted()).toEqual(['r1', 'r2'])
    expect((await ledger.rejects({})).map((row) => [row.runId, row.message])).toEqual([
      [1, 'expected a positive number'],
      [3, 'again'],
    ])
  })

  test("of one pipeline are no other pipeline's", async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    await ask(ground, async (batch) => {
      await batch.keepRejects('people', 1, [aReject('r1')])
      await batch.keepRejects('things', 1, [aReject('r2')])
    })
    await ledger.closeRejects('things', 1, ['r1'])
    expect(await ledger.openRejectIds('people')).toEqual(['r1'])
    expect((await ledger.rejects({ pipelines: ['things'] })).map((row) => row.pipeline)).toEqual(['things'])
    expect(await ledger.rejects({ pipelines: ['people', 'things'] })).toHaveLength(2)
  })

  test('of a run are those that it found first, open or not', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    await ask(ground, (batch) => batch.keepRejects('people', 1, [aReject('r1')]))
    await ask(ground, (batch) => batch.keepRejects('people', 2, [aReject('r1'), aReject('r2')]))
    await ledger.closeRejects('people', 3, ['r1', 'r2'])
    expect((await ledger.rejects({ runId: 1 })).map((row) => row.runId)).toEqual([1])
    expect((await ledger.rejects({ runId: 2 })).map((row) => row.runId)).toEqual([2])
    expect(await ledger.rejects({ runId: 3 })).toEqual([])
  })
})

contract('counting', (ground) => {
  test('entries that must have a row are counted beside those that have one', async () => {
    const { table } = await land(ground, organizations, {
      acme: { id: uuid(1), slug: 'acme' },
      busy: { id: uuid(2), slug: 'busy' },
      calm: { id: uuid(3), slug: 'calm' },
    })
    const alias = {
      ...write(0, 'acme-2', { action: 'link', role: 'alias', rowKey: uuid(1) }),
      record: { slug: null },
    }
    const deleted = {
      ...write(1, 'calm', { action: 'link', role: 'deleted', known: true, rowKey: uuid(3) }),
      record: { slug: null },
    }
    await ask(ground, (batch) => batch.apply(changes(table, [alias, deleted])))
    expect(await ground.target.countEntries('people', table)).toEqual({ entries: 3, rows: 3 })
    await ground.database.execute(`delete from organizations where slug = 'busy'`)
    expect(await ground.target.countEntries('people', table)).toEqual({ entries: 3, rows: 2 })
    expect(await ground.target.countEntries('else', table)).toEqual({ entries: 0, rows: 0 })
  })

  test('entries that one run wrote are counted alone', async () => {
    const { table } = await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    const later = { ...write(0, 'busy'), record: { id: uuid(2), slug: 'busy' } }
    await ask(ground, (batch) => batch.apply(changes(table, [later], 2)))
    expect(await ground.target.countEntries('people', table)).toEqual({ entries: 2, rows: 2 })
    expect(await ground.target.countEntries('people', table, 2)).toEqual({ entries: 1, rows: 1 })
    expect(await ground.target.countEntries('people', table, 3)).toEqual({ entries: 0, rows: 0 })
  })

  test('rows that point at nobody are counted', async () => {
    const parents = await land(ground, organizations, { acme: { id: uuid(1), slug: 'acme' } })
    const badge = (number: number) => ({ id: uuid(number), badge_series: String(number) })
    const { table } = await land(ground, users, {
      ann: { ...badge(1), external_no: '1', slug: uuid(1) },
      bob: { ...badge(2), external_no: '2', slug: uuid(2) },
      cyd: { ...badge(3), external_no: '3', slug: null },
    })
    // A column without a foreign key: only there can a row point at nobody.
    const count = (column: string, pipeline = 'people') =>
      ground.target.countDangling(pipeline, table, column, { ...parents.table, rowKey: ['name'] })
    await ground.database.execute(`update organizations set name = '${uuid(1)}'`)
    expect(await count('slug')).toBe(1)
    expect(await count('slug', 'else')).toBe(0)
    expect(await count('email')).toBe(0)
  })
})
