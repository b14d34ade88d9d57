import { migrate, type MigrateReport, rejects, run, type RunReport } from 'carryover'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Row, type SampleDatabase } from './engines.js'
import { expected, expectedOf, expectedSecondExport, keyText, outcomesOf, pipelines } from './expected.js'

const bookkeeping = new Set(['created_at', 'updated_at'])
/** The first report of each engine. */
const firstReports = new Map<string, RunReport>()

const jsonColumns = new Set(['settings', 'permissions', 'config'])

describe.each(engines.map((engine) => [engine.name, engine] as const))('the sample on %s', (_, engine) => {
  let database: SampleDatabase
  let migrated: MigrateReport
  let first: RunReport
  beforeAll(async () => {
    database = await engine.createDatabase()
    migrated = await migrate({ database: database.url, env: {} })
    first = await run({ database: database.url, env: {} })
    firstReports.set(engine.name, first)
  })
  afterAll(() => database.drop())

  const again = () => run({ database: database.url, env: {} })
  const everything = async () => {
    const tables = [...pipelines, database.ledger('records'), database.ledger('rejects')]
    return Promise.all(tables.map((table) => database.query(`select * from ${table} order by 1, 2`)))
  }

  it('has its tables before the first record comes', () => {
    expect(migrated).toMatchObject({ exitCode: 0, errors: [] })
  })

  it('ends with exit code 0, every reject admitted and everything verified', () => {
    expect(first).toMatchObject({ exitCode: 0, status: 'ok', errors: [] })
    expect(first.pipelines.filter((pipeline) => !pipeline.verification.ok)).toEqual([])
  })

  it('runs the pipelines in the order of their references', () => {
    expect(first.pipelines.map((pipeline) => pipeline.name)).toEqual(pipelines)
  })

  it.each(pipelines)('gives each record of %s one outcome', (name) => {
    const { outcomes, source } = pipelineOf(first, name)
    expect(outcomes).toEqual({ updated: 0, unchanged: 0, kept: 0, removed: 0, ...outcomesOf(name) })
    expect(source.records).toBe(expectedOf(name).length)
  })

  it.each(pipelines)('makes of the records of %s exactly the rows that they should become', async (name) => {
    const rows = await database.query(`select * from ${name}`)
    const wanted = expectedOf(name).flatMap(({ row }) => (row === undefined ? [] : [row]))
    expect(byId(rows.map(plain))).toEqual(byId(wanted.map((row) => ({ ...row }))))
  })

  it('rejects the records that it should, each for its reason, and no other', async () => {
    const { rejects: open } = await rejects({ database: database.url, env: {} })
    const found = open.map(
      ({ pipeline, legacyKey, code, column }) => `${pipeline} ${legacyKey} ${code} ${column ?? ''}`,
    )
    const wanted = expected
      .filter((record) => record.outcome === 'rejected')
      .map(({ pipeline, key, code, column }) => `${pipeline} ${keyText(key)} ${code} ${column ?? ''}`)
    expect(found.toSorted()).toEqual(wanted.toSorted())
  })

  it('shows for each reject the record and its place in the source', () => {
    for (const { key, pipeline, code } of expected.filter((record) => record.outcome === 'rejected')) {
      const group = pipelineOf(first, pipeline).rejects.find((one) => one.code === code)
      expect(group?.examples).toContainEqual(
        expect.objectContaining({ key: keyText(key), at: expect.stringMatching(/^data-samples\/\S+:\d+ /) }),
      )
    }
  })

  it('lets both legacy keys of a duplicate lead to one row', async () => {
    const entries = await database.query(
      `select pipeline, legacy_key, row_key, role from ${database.ledger('records')}`,
    )
    const entryOf = (pipeline: string, key: unknown) =>
      entries.find((entry) => entry['pipeline'] === pipeline && entry['legacy_key'] === String(key))
    for (const { pipeline, key, of } of expected.filter((record) => record.outcome === 'duplicate')) {
      expect(entryOf(pipeline, key)).toMatchObject({
        role: 'alias',
        row_key: entryOf(pipeline, of)?.['row_key'],
      })
    }
  })

  it('names the tool types that nobody knew, and takes the fallback for them', () => {
    const warning = pipelineOf(first, 'tools').warnings.find((one) => one.code === 'enum_fallback')
    expect(warning).toMatchObject({ column: 'type', count: 4 })
    expect(warning?.values?.toSorted()).toEqual(['Fax', 'telegram-bot', 'zapier'])
  })

  it('counts the references that were left empty', () => {
    const left = first.pipelines.flatMap(({ name, warnings }) =>
      warnings.filter((one) => one.code === 'missing_reference').map((one) => [name, one.column, one.count]),
    )
    expect(left).toEqual([
      ['users', 'role_id', 2],
      ['agents', 'owner_id', 3],
      ['tools', 'agent_id', 1],
    ])
  })

  it('keeps the old numbers of invoices and goes on after the greatest', async () => {
    const greatest = Math.max(...expectedOf('invoices').map(({ row }) => Number(row?.id ?? 0)))
    expect(first.sequences.find((one) => one.table === 'invoices')?.to ?? String(greatest)).toBe(
      String(greatest),
    )
    const [organization] = await database.query('select id from organizations limit 1')
    await database.query(
      `insert into invoices (number, organization_id, status, amount, currency, issued_at)
       values ('by hand', '${String(organization?.['id'])}', 'open', '1.00', 'EUR', '2024-01-01T00:00:00Z') returning id`,
    )
    const [made] = await database.query(`select id from invoices where number = 'by hand'`)
    await database.query(`delete from invoices where number = 'by hand' returning id`)
    expect(Number(made?.['id'])).toBe(greatest + 1)
  })

  it('finds every record unchanged on the second run and writes nothing', async () => {
    const before = await everything()
    const second = await again()
    expect(second).toMatchObject({ exitCode: 0, status: 'ok' })
    for (const name of pipelines) {
      const { inserted, ...others } = outcomesOf(name)
      expect(pipelineOf(second, name)).toMatchObject({
        outcomes: { inserted: 0, updated: 0, kept: 0, unchanged: inserted, ...others },
        rows: { inserted: 0, updated: 0, deleted: 0 },
      })
    }
    expect(await everything()).toEqual(before)
  })

  it('reports the same on every engine', () => {
    const [report, other] = [first, firstReports.get('SQLite') ?? first].map(comparable)
    expect(report).toEqual(other)
  })

  describe('then the second export of the organizations, with new ids', () => {
    let second: RunReport
    const before = new Map<unknown, Row>()
    beforeAll(async () => {
      for (const row of await database.query('select * from organizations'))
        before.set(row['slug'], plain(row))
      second = await run({ database: database.url, env: {}, pipelines: 'pipelines/second-export/*.ts' })
    })

    it('updates what was renamed and inserts nothing', () => {
      const updated = expectedSecondExport.filter((record) => record.outcome === 'updated').length
      expect(second).toMatchObject({ exitCode: 0, status: 'ok' })
      expect(pipelineOf(second, 'organizations')).toMatchObject({
        outcomes: { inserted: 0, updated, unchanged: expectedSecondExport.length - updated, rejected: 0 },
        rows: { inserted: 0, updated, deleted: 0 },
      })
    })

    it('leaves every organization its id, and changes the names alone', async () => {
      const rows = await database.query('select * from organizations')
      expect(rows).toHaveLength(before.size)
      for (const { slug, outcome } of expectedSecondExport) {
        const { name, ...rest } = plain(rows.find((row) => row['slug'] === slug) ?? {})
        const { name: oldName, ...oldRest } = before.get(slug) ?? {}
        expect(rest).toEqual(oldRest)
        expect(name === oldName).toBe(outcome === 'unchanged')
      }
    })

    it('writes nothing when it is imported again', async () => {
      const state = await everything()
      const { totals } = await run({
        database: database.url,
        env: {},
        pipelines: 'pipelines/second-export/*.ts',
      })
      expect(totals).toMatchObject({ unchanged: expectedSecondExport.length, inserted: 0, updated: 0 })
      expect(await everything()).toEqual(state)
    })

    it('still resolves references to the ids of the first export', async () => {
      const { pipelines: reports, exitCode } = await run({
        database: database.url,
        env: {},
        pipelines: ['pipelines/second-export/*.ts', 'pipelines/roles.ts', 'pipelines/users.ts'],
      })
      expect(exitCode).toBe(0)
      for (const report of reports.filter((one) => one.name !== 'organizations')) {
        const { inserted, ...others } = outcomesOf(report.name)
        expect(report.outcomes).toMatchObject({ inserted: 0, updated: 0, unchanged: inserted, ...others })
      }
    })

    it('gives the rows back to the first export when that is imported again', async () => {
      const { totals, exitCode } = await again()
      const rows = await database.query('select * from organizations')
      const updated = expectedSecondExport.filter((record) => record.outcome === 'updated').length
      expect({ exitCode, inserted: totals.inserted, updated: totals.updated }).toEqual({
        exitCode: 0,
        inserted: 0,
        updated,
      })
      expect(byId(rows.map(plain))).toEqual(byId([...before.values()]))
    })
  })
})

function pipelineOf(report: RunReport, name: string): RunReport['pipelines'][number] {
  const found = report.pipelines.find((pipeline) => pipeline.name === name)
  if (found === undefined) throw new Error(`The report has no pipeline ${name}.`)
  return found
}

/** A report without what is measured and where it ran. */
function comparable({ pipelines: all, totals, sequences, status, exitCode }: RunReport): unknown {
  return {
    totals,
    sequences,
    status,
    exitCode,
    pipelines: all.map(({ durationMs: _, recordsPerSecond: __, ...pipeline }) => pipeline),
  }
}

function byId(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1))
}

/** A row in one form for both engines, without what the clock made. */
function plain(row: Row): Row {
  const isOrganization = 'slug' in row && 'plan' in row
  const kept = Object.entries(row).filter(
    ([column]) => !bookkeeping.has(column) || (isOrganization && column === 'created_at'),
  )
  return Object.fromEntries(kept.map(([column, value]) => [column, plainValue(column, value)]))
}

function plainValue(column: string, value: unknown): unknown {
  if (value === null) return null
  if (column.endsWith('_at')) return new Date(value as string | Date).toISOString()
  if (jsonColumns.has(column)) return typeof value === 'string' ? JSON.parse(value) : value
  if (column === 'enabled') return Boolean(value)
  if (column === 'token_budget') return Number(value)
  return value
}
