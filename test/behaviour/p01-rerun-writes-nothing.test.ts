import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { postgresMajors } from '../postgres/majors.js'
import { legacy } from './fixture-data.js'
import { layGround, promise, type Ground } from './ground.js'

const execute = promisify(execFile)

promise('a rerun writes nothing', (ground) => {
  test('the second run finds every record as it was', async () => {
    await fill(ground)
    const first = await ground.run()
    const second = await ground.run()
    const { inserted, updated, unchanged, rejected } = second.totals
    expect({ inserted, updated, unchanged, rejected }).toEqual({
      inserted: 0,
      updated: 0,
      unchanged: first.totals.inserted,
      rejected: first.totals.rejected,
    })
    expect(second.pipelines.map((pipeline) => pipeline.rows)).toEqual(
      first.pipelines.map(() => ({ inserted: 0, updated: 0, deleted: 0 })),
    )
    expect(second.sequences).toEqual([])
  })

  test('a file that was written anew with the same records changes nothing', async () => {
    await fill(ground)
    await ground.run()
    await ground.file('data/people.json', JSON.stringify(legacy.people, null, 3))
    const report = await ground.run()
    expect(report.totals).toMatchObject({ inserted: 0, updated: 0 })
  })

  test('a record that is back to what it was is not rejected for good', async () => {
    await fill(ground)
    await ground.run()
    await ground.source('people', [...legacy.people, { id: 50, email: 'new@example.org', age: -3 }])
    await ground.run()
    await ground.source('people', [...legacy.people, { id: 50, email: 'new@example.org', age: 3 }])
    await ground.run()
    const open = await ground.query(
      `select legacy_key from ${ground.ledger('rejects')} where closed_run_id is null and legacy_key = '50'`,
    )
    expect(open).toEqual([])
  })
})

test('on SQLite, the file holds the same bytes of data but for the row of the run', async () => {
  const ground = await layGround('sqlite')
  await fill(ground)
  await ground.run()
  const path = ground.url.replace('sqlite:', '')
  const before = dump(path)
  const watcher = new Database(path)
  const version = watcher.pragma('data_version', { simple: true })
  await ground.run()
  expect(dump(path)).toEqual(before)
  // The file did change: by the run's own row.
  expect(watcher.pragma('data_version', { simple: true })).not.toBe(version)
  expect(watcher.prepare('select count(*) from carryover_runs').pluck().get()).toBe(2)
  watcher.close()
})

test('on SQLite, only the row of the run and its lease count as a change', async () => {
  const ground = await layGround('sqlite')
  await fill(ground)
  await ground.run()
  const path = ground.url.replace('sqlite:', '')
  const database = new Database(path)
  const tables = database
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not in ('carryover_runs', 'carryover_lease')`,
    )
    .pluck()
    .all() as string[]
  for (const table of tables) {
    for (const event of ['insert', 'update', 'delete']) {
      database.exec(
        `create trigger "no_${event}_${table}" before ${event} on "${table}" begin select raise(abort, 'a rerun wrote'); end`,
      )
    }
  }
  database.close()
  const report = await ground.run()
  expect(report.errors).toEqual([])
  expect(report.totals).toMatchObject({ inserted: 0, updated: 0 })
})

test('on Postgres, the statistics of the server count no row but that of the run and its lease, and no sequence moves', async () => {
  const ground = await layGround('postgres')
  await fill(ground)
  await ground.run()
  const before = await serverCounts(ground, 1)
  const sequences = await sequencesOf(ground)
  const rows = await physicalRows(ground)
  await ground.run()
  expect(await serverCounts(ground, 2)).toEqual(before)
  expect(await sequencesOf(ground)).toEqual(sequences)
  expect(await physicalRows(ground)).toEqual(rows)
})

test('on Postgres, pg_dump prints the same bytes before and after', async ({ skip }) => {
  const major = await dumpMajor()
  const server = postgresMajors.find((candidate) => candidate <= (major ?? 0))
  if (server === undefined)
    return skip('pg_dump is not installed, or older than every server: the dumps were NOT compared')
  const ground = await layGround('postgres', server)
  await fill(ground)
  await ground.run()
  const before = await pgDump(ground.url)
  await ground.run()
  expect(await pgDump(ground.url)).toBe(before)
})

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

/** Every table of a SQLite file as text, without the runs. */
function dump(path: string): string[] {
  const database = new Database(path, { readonly: true })
  const tables = database
    .prepare(`select name from sqlite_master where type = 'table' order by name`)
    .pluck()
    .all() as string[]
  const lines = tables
    .filter((table) => table !== 'carryover_runs')
    .flatMap((table) => [
      `-- ${table}`,
      ...database
        .prepare(`select * from "${table}"`)
        .raw()
        .all()
        .map((row) => JSON.stringify(row)),
    ])
  database.close()
  return lines
}

/** Inserts, updates and deletes that the server counted per table; waits for the statistics of `runs` runs to arrive. */
async function serverCounts(ground: Ground, runs: number): Promise<unknown> {
  for (;;) {
    const counts = await ground.query(
      `select schemaname, relname, n_tup_ins::int as ins, n_tup_upd::int as upd, n_tup_del::int as del
         from pg_stat_user_tables order by 1, 2`,
    )
    const own = counts.find((row) => row['relname'] === 'runs')
    const lease = counts.find((row) => row['relname'] === 'lease')
    if (own?.['ins'] === runs && (own['upd'] as number) >= runs && lease?.['del'] === runs)
      return counts.filter((row) => row !== own && row !== lease)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function sequencesOf(ground: Ground): Promise<unknown> {
  const names = await ground.query(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences order by 1`,
  )
  return Promise.all(
    names.map(async ({ name }) => [
      name,
      await ground.query(`select last_value, is_called from ${String(name)}`),
    ]),
  )
}

/** Every row with the transaction that wrote it and its place on the disk. */
async function physicalRows(ground: Ground): Promise<unknown> {
  const tables = [
    'organizations',
    'people',
    'tickets',
    'carryover.records',
    'carryover.rejects',
    'carryover.meta',
  ]
  return Promise.all(
    tables.map((table) =>
      ground.query(`select ctid::text, xmin::text, t::text from ${table} t order by ctid`),
    ),
  )
}

async function dumpMajor(): Promise<number | undefined> {
  try {
    const { stdout } = await execute('pg_dump', ['--version'])
    return Number(/(\d+)/.exec(stdout)?.[1])
  } catch {
    return undefined
  }
}

async function pgDump(url: string): Promise<string> {
  const { stdout } = await execute('pg_dump', ['--dbname', url, '--exclude-table-data=carryover.runs'])
  // From 2025 on each dump carries a random word that guards psql's restricted mode.
  return stdout.replaceAll(/^\\(un)?restrict .*$/gm, '')
}
