import { expect, test } from 'vitest'
import type { StepWrites } from '../../src/target/history.js'
import type { TargetTable } from '../../src/target/table.js'
import {
  aRun,
  ask,
  changes,
  contract,
  land,
  rowsOf,
  uuid,
  write,
  type Ground,
  type Values,
} from './contract.js'
import { invoices, organizations, samples, users } from './tables.js'

contract('what is noted of runs, and taking it back', (ground) => {
  const acme = { id: uuid(1), slug: 'acme', name: 'Acme' }
  const beta = { id: uuid(2), slug: 'beta', name: 'Beta' }
  const ledger = (table: string) =>
    ground.target.info.dialect === 'sqlite' ? `carryover_${table}` : `carryover.${table}`
  const map = (values: Values) => new Map(Object.entries(values))

  /** Run 1 inserts acme and beta, run 2 renames acme. */
  const history = async (): Promise<TargetTable> => {
    const { table } = await land(ground, organizations, { acme, beta })
    await ground.target.ledger.beginRun(aRun)
    await ground.target.ledger.beginRun(aRun)
    await renamed(ground, table, 'Acme 2', 2)
    return table
  }
  const renamed = (
    { target }: Ground,
    table: TargetTable,
    name: string,
    runId: number,
    more: Parameters<typeof write>[2] = {},
  ) =>
    target.inBatch((batch) =>
      batch.apply(
        changes(
          table,
          [
            {
              ...write(0, 'acme', {
                action: 'update',
                known: true,
                rowKey: uuid(1),
                changed: new Set(['name']),
                ...more,
              }),
              record: { ...acme, name },
            },
          ],
          runId,
        ),
      ),
    )
  const writesOf = (runId: number, runIds = [runId]): Promise<StepWrites[]> =>
    ask(ground, async ({ history: noted }) => {
      const steps = await noted.steps(runIds)
      return Promise.all(
        steps.filter((step) => step.runId === runId).map((step) => noted.writes(step, runIds)),
      )
    })
  const later = (...runIds: number[]) => ask(ground, (batch) => batch.history.laterRuns(runIds))

  test('a table is found by the name that the ledger has of it', async () => {
    for (const table of [organizations, users, invoices]) {
      const { name } = await ground.target.readTable(table)
      expect(await ground.target.tableNamed(name)).toMatchObject({ name, rowKey: ['id'] })
    }
    const named = await ground.target.tableNamed('users')
    expect(named.columns.map((column) => column.name)).toContain('created_at')
    expect((await ground.target.tableNamed('organizations')).referrers.map(({ table }) => table)).toEqual([
      'users',
    ])
    await expect(ground.target.tableNamed('nowhere')).rejects.toMatchObject({ code: 'target.no_table' })
  })

  test('of what is new only the entry is there; of what was written over also what was before', async () => {
    await history()
    const [first] = await writesOf(1)
    // What run 2 wrote over is its own to take back first.
    expect(first).toMatchObject({ lines: [], added: [{ pipeline: 'people', legacyKey: 'beta', made: true }] })
    const [second] = await writesOf(2)
    expect(second?.added).toEqual([])
    expect(second?.lines).toMatchObject([
      {
        legacyKey: 'acme',
        action: 'update',
        rowKey: uuid(1),
        standing: 'here',
        madeHere: false,
        again: false,
      },
    ])
    expect(second?.lines[0]?.before?.size).toBe(1)
    expect((await writesOf(2, [1, 2]))[0]?.lines).toMatchObject([{ madeHere: true }])
  })

  test('the steps of several runs come from the last one on, those too that only a later line remembers', async () => {
    const table = await history()
    await renamed(ground, table, 'Acme 3', 2)
    const steps = (...runIds: number[]) => ask(ground, (batch) => batch.history.steps(runIds))
    const found = await steps(1, 2)
    expect(found.map(({ runId }) => runId)).toEqual([2, 2, 1])
    expect(found[0]?.step).toBeGreaterThan(found[1]?.step ?? 0)
    expect(await steps(7)).toEqual([])
  })

  test('a later run shows, although its own entry was written over by the next', async () => {
    const table = await history()
    expect(await later(1)).toEqual([2])
    expect(await later(2)).toEqual([])
    await ground.target.ledger.beginRun(aRun)
    await renamed(ground, table, 'Acme 3', 3)
    expect(await later(1)).toEqual([2, 3])
    expect(await later(2)).toEqual([3])
    expect(await later(1, 2)).toEqual([3])
    await ask(ground, (batch) => batch.history.markUndone([3], { runId: 3, undoes: 3 }))
    expect(await later(1, 2)).toEqual([])
  })

  test('runs that wrote rows which point at others are told', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    const live = await ground.target.readTable(users)
    const ann = { ...write(0, 'ann'), record: { id: uuid(7), slug: 'ann', organization_id: uuid(1) } }
    await ask(ground, (batch) => batch.apply({ ...changes(live, [ann], 5), pipeline: 'members' }))
    const pointing = (rowKey: string) => ask(ground, (batch) => batch.history.pointingRuns(table, [rowKey]))
    expect(await pointing(uuid(1))).toEqual([5])
    expect(await pointing(uuid(2))).toEqual([])
  })

  test('of a row that several pipelines own all runs are told that wrote it', async () => {
    const { table } = await land(ground, organizations, { acme })
    const live = await ground.target.readTable(users)
    const record = { id: uuid(7), slug: 'ann', organization_id: uuid(1) }
    const link = { ...write(0, 'ann', { action: 'link', rowKey: uuid(7) }), record }
    const writeAs = (pipeline: string, runId: number, one: typeof link) =>
      ask(ground, (batch) => batch.apply({ ...changes(live, [one], runId), pipeline }))
    await writeAs('members', 5, { ...write(0, 'ann'), record })
    await writeAs('guests', 6, link)
    const sorted = (runs: readonly number[]) => runs.toSorted((one, other) => one - other)
    const pointing = await ask(ground, (batch) => batch.history.pointingRuns(table, [uuid(1)]))
    expect(sorted(pointing)).toEqual([5, 6])
    const slug = ground.target.info.dialect === 'sqlite' ? 't:ann' : 'ann'
    const rows = [{ rowKey: uuid(8), values: map({ slug }) }]
    const inTheWay = await ask(ground, (batch) => batch.history.obstructingRuns(live, rows))
    expect(sorted(inTheWay)).toEqual([5, 6])
  })

  test('runs are told that hold what a row is to have again, or have deleted what it points at', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    const late = { ...write(0, 'late'), record: { id: uuid(3), slug: 'late', name: null } }
    await ask(ground, (batch) => batch.apply(changes(table, [late], 5)))
    await ask(ground, (batch) => batch.remove({ pipeline: 'people', runId: 6 }, table, [uuid(2)]))
    const stored = (value: string) => (ground.target.info.dialect === 'sqlite' ? `t:${value}` : value)
    const inTheWay = (of: TargetTable, rowKey: string, values: Values) =>
      ask(ground, (batch) => batch.history.obstructingRuns(of, [{ rowKey, values: map(values) }]))
    expect(await inTheWay(table, uuid(1), { slug: stored('late') })).toEqual([5])
    expect(await inTheWay(table, uuid(1), { slug: stored('acme') })).toEqual([])
    expect(await inTheWay(table, uuid(1), { slug: stored('free'), name: null })).toEqual([])
    const members = await ground.target.tableNamed('users')
    const id = stored(uuid(7))
    expect(await inTheWay(members, uuid(7), { id, organization_id: stored(uuid(2)) })).toEqual([6])
    expect(await inTheWay(members, uuid(7), { id, organization_id: stored(uuid(1)) })).toEqual([])
    expect(await inTheWay(members, uuid(7), { id, organization_id: null })).toEqual([])
  })

  test('a row is restored to what the journal has, and its entry to what the ledger had', async () => {
    const table = await history()
    const entries = () => ground.database.count(`select count(*) from ${ledger('records')} where run_id = 1`)
    const [second] = await writesOf(2)
    const line = second?.lines[0]
    if (line?.before == null) throw new Error('the line is missing')
    const { rowKey, before: values, entry } = line
    expect(await entries()).toBe(1)
    await ask(ground, async ({ history: noted }) => {
      expect(await noted.restore(table, [{ rowKey, values }])).toEqual(new Map())
      await noted.putEntries('people', new Map([['acme', entry]]))
    })
    expect(await rowsOf(ground, organizations, ['name'], [rowKey])).toEqual([{ name: 'Acme' }])
    expect(await entries()).toBe(2)
    expect((await writesOf(1))[0]?.added.map(({ legacyKey }) => legacyKey).toSorted()).toEqual([
      'acme',
      'beta',
    ])
    await ask(ground, ({ history: noted }) => noted.putEntries('people', new Map([['acme', null]])))
    expect(await entries()).toBe(1)
  })

  test('rows that the database refuses are named, and the others go on', async () => {
    const { table } = await land(ground, organizations, { acme, beta })
    const live = await ground.target.readTable(users)
    const ann = { ...write(0, 'ann'), record: { id: uuid(7), slug: 'ann', organization_id: uuid(1) } }
    await ask(ground, (batch) => batch.apply({ ...changes(live, [ann]), pipeline: 'members' }))
    const stored = (value: string) => (ground.target.info.dialect === 'sqlite' ? `t:${value}` : value)
    await ask(ground, async ({ history: noted }) => {
      const restored = await noted.restore(table, [
        { rowKey: uuid(1), values: map({ slug: stored('beta') }) },
        { rowKey: uuid(2), values: map({ slug: stored('gamma') }) },
        { rowKey: uuid(9), values: map({ slug: stored('nobody') }) },
      ])
      expect([...restored]).toEqual([
        [uuid(1), 'unique_conflict'],
        [uuid(9), 'database'],
      ])
      expect([...(await noted.delete(table, [uuid(1), uuid(2)]))]).toEqual([[uuid(1), 'foreign_key']])
      const row = (id: string, slug: string, name: string | null) => ({
        rowKey: id,
        values: map({ id: stored(id), slug: stored(slug), name }),
      })
      const inserted = await noted.insert(table, [row(uuid(3), 'acme', null), row(uuid(4), 'delta', null)])
      expect([...inserted]).toEqual([[uuid(3), 'unique_conflict']])
    })
    expect(await ground.database.count('select count(*) from organizations')).toBe(2)
  })

  test('a deleted row of every type is inserted exactly as it was', async () => {
    const values: Values = {
      id: uuid(1),
      text: `O'Brien "x" \\ ☃ ‮`,
      varchar: 'ab',
      char: 'a',
      citext: 'MiXed',
      smallint: '-32768',
      integer: '2147483647',
      bigint: '9223372036854775807',
      money: '12345678.90',
      numeric: '0.00000000000000000001',
      real: '1.5',
      double: '0.1',
      boolean: 'true',
      uuid: uuid(2),
      timestamptz: '2024-05-06T07:08:09.123456Z',
      timestamp: '2024-05-06T07:08:09.5',
      date: '2024-02-29',
      time: '23:59:59',
      json: '{"b": 1,  "a": [true, null]}',
      jsonb: '{"a":12345678901234567890}',
      mood: 'sad',
      tags: '{"a,b",NULL,"c\\"d"}',
      numbers: '{1,NULL,3}',
      bytes: '\\x00ff10',
    }
    const supported = await ground.target.readTable(samples)
    const known = new Set(supported.columns.map(({ name }) => name))
    const record = Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)))
    const nothing = { ...Object.fromEntries(Object.keys(record).map((name) => [name, null])), id: uuid(3) }
    const { table, failures } = await land(ground, samples, { all: record, none: nothing })
    expect(failures).toEqual([])
    const rowKeys = [uuid(1), uuid(3)]
    const columns = Object.keys(record)
    const before = await rowsOf(ground, samples, columns, rowKeys)
    await ground.target.ledger.beginRun(aRun)
    await ground.target.ledger.beginRun(aRun)
    expect([
      ...(await ask(ground, (batch) => batch.remove({ pipeline: 'people', runId: 2 }, table, rowKeys))),
    ]).toEqual([])
    expect(await ground.database.count('select count(*) from samples')).toBe(0)
    const [removal] = await writesOf(2)
    const rows = (removal?.lines ?? []).flatMap(({ action, rowKey, before: held }) =>
      action === 'delete' && held !== null ? [{ rowKey, values: held }] : [],
    )
    const named = await ground.target.tableNamed('samples')
    expect([...(await ask(ground, (batch) => batch.history.insert(named, rows)))]).toEqual([])
    expect(await rowsOf(ground, samples, columns, rowKeys)).toEqual(before)
  })

  test('nothing is left of a look but the runs, which know each other', async () => {
    await history()
    const undo = await ground.target.ledger.beginRun({ ...aRun, command: 'undo' })
    await ask(ground, async ({ history: noted }) => {
      await noted.open()
      await noted.markUndone([2, 1], { runId: undo, undoes: 1 })
      await noted.close()
    })
    expect(await ground.target.ledger.runs({ limit: 9 })).toMatchObject([
      { id: undo, undoes: 1, undoneBy: null },
      { id: 2, undoes: null, undoneBy: undo },
      { id: 1, undoes: null, undoneBy: undo },
    ])
    expect(await ground.database.count(`select count(*) from ${ledger('journal')}`)).toBe(0)
  })
})
