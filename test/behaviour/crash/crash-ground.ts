import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate, run, verify, type RunReport } from '../../../src/index.js'
import { defaultMajor } from '../../postgres/majors.js'
import { serverUrl } from '../../postgres/server-url.js'
import { postgresDatabase, sqliteDatabase, type CrashDatabase } from './crash-database.js'
import { edits } from './edits.js'
import { endState, stateDifference, type EndState } from './end-state.js'
import { firstExport, type Export } from './first-export.js'
import { startProcess, type Ended, type RunProcess } from './run-process.js'
import { secondExport } from './second-export.js'
import { seeded } from './seeded.js'

/** A project whose first export was imported and edited since, and whose second export is about to be imported. */
export interface CrashGround {
  readonly dir: string
  readonly database: CrashDatabase
  /** What the one run that nobody disturbs comes to. */
  readonly undisturbed: Undisturbed
  /** Starts `run` in a process of its own. */
  start(options?: { more?: readonly string[]; shell?: string }): RunProcess
  /** The same run without a process of its own. */
  run(): Promise<RunReport>
  verify(): Promise<RunReport>
  /** How the end state differs from that of the undisturbed run: not at all, it is to be hoped. */
  difference(): Promise<Record<string, readonly string[]>>
  close(): Promise<void>
}

interface Undisturbed {
  readonly ended: Ended
  readonly durationMs: number
  readonly state: EndState
}

const fixture = fileURLToPath(new URL('./fixture', import.meta.url))
// Inside the repository, so that the pipelines find zod and drizzle as a user's project does.
const scratch = fileURLToPath(new URL('../../../.tmp', import.meta.url))

/** The first export and its run, the edits, the second export and one undisturbed run of it; then all is as before that run. */
export async function layCrashGround(
  engine: CrashDatabase['engine'],
  options: { records: number; batch: number; server?: string; tablespace?: string },
): Promise<CrashGround> {
  await mkdir(scratch, { recursive: true })
  const dir = await mkdtemp(join(scratch, 'crash-'))
  await cp(fixture, dir, { recursive: true })
  await mkdir(join(dir, 'data'))
  const database = await openDatabase(engine, dir, options)
  const given = { cwd: dir, database: database.url, env: {}, batch: options.batch }
  const start: CrashGround['start'] = ({ more = [], shell } = {}) =>
    startProcess(
      dir,
      ['run', '--database', database.url, '--batch', String(options.batch), ...more],
      shell === undefined ? {} : { shell },
    )
  const random = seeded(1)
  const first = firstExport(random, options.records)
  await writeExport(dir, first)
  expectDone(await run(given))
  for (const statement of edits) await database.query(statement)
  await writeExport(dir, secondExport(random, first))
  await database.keep()

  const startedAt = performance.now()
  const ended = await start().ended
  const durationMs = performance.now() - startedAt
  if (ended.report === undefined) throw new Error(`the undisturbed run printed no report: ${ended.stderr}`)
  expectDone(ended.report)
  const state = await endState(database)
  await database.restore()
  return {
    dir,
    database,
    undisturbed: { ended, durationMs, state },
    start,
    run: () => run(given),
    verify: () => verify(given),
    difference: async () => stateDifference(state, await endState(database)),
    close: async () => {
      await database.drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function openDatabase(
  engine: CrashDatabase['engine'],
  dir: string,
  { server, tablespace }: { server?: string; tablespace?: string },
): Promise<CrashDatabase> {
  if (engine === 'sqlite') {
    const database = sqliteDatabase(dir)
    await migrate({ cwd: dir, database: database.url, env: {} })
    return database
  }
  const name = `crash_${randomBytes(6).toString('hex')}`
  const database = await postgresDatabase(server ?? (await serverUrl(defaultMajor)), name, tablespace)
  await database.query(await readFile(join(fixture, 'schema.sql'), 'utf8'))
  return database
}

async function writeExport(dir: string, data: Export): Promise<void> {
  for (const [name, records] of Object.entries(data))
    await writeFile(join(dir, 'data', `${name}.json`), JSON.stringify(records))
}

function expectDone({ exitCode, errors, pipelines }: RunReport): void {
  if (exitCode === 0) return
  const amiss = pipelines.flatMap(({ name, rejects, verification: { checks } }) => [
    ...rejects.map(({ code, column, count }) => `${name}: ${count} × ${code} ${column}`),
    ...checks.filter(({ ok }) => !ok).map((check) => `${name}: ${JSON.stringify(check)}`),
  ])
  throw new Error(
    `a run that nobody disturbs ended with ${exitCode}: ${JSON.stringify(errors)} ${amiss.join('; ')}`,
  )
}
