import Database from 'better-sqlite3'
import type { Table } from 'drizzle-orm'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Check, Found, Patient, ProjectFiles } from '../../src/doctor/check.js'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import type { MigrationState } from '../../src/target/migration.js'
import { openPostgres } from '../../src/target/postgres/open-postgres.js'
import { openSqlite } from '../../src/target/sqlite/open-sqlite.js'
import type { Target, TargetOptions } from '../../src/target/target.js'
import { defaultOptions } from '../contract/engine.js'
import { freshDatabase } from '../postgres/fresh-database.js'

export type EngineName = 'postgres' | 'sqlite'

/** What a check is told beside the database. */
export interface Circumstances {
  declared?: readonly Table[]
  pipelines?: readonly CompiledPipeline[]
  migrations?: Partial<MigrationState>
  project?: Partial<ProjectFiles>
  /** How the target is opened; default: read-only. */
  access?: Partial<TargetOptions>
}

/** A fault, planted by SQL, and the same without it. */
export interface Case extends Circumstances {
  /** What differs between cases of one check. */
  name: string
  engine?: EngineName
  broken: string
  sound: string
  /** What the findings are about. */
  objects: readonly string[]
  /** False where no statement mends it. Default true. */
  mends?: boolean
}

/** A database for a check to look at. */
export interface Ward {
  execute(sql: string): Promise<void>
  examine(check: Check, circumstances?: Circumstances): Promise<readonly Found[]>
}

/** A fresh, empty database, gone when the test is over. */
export async function ward(engine: EngineName = 'postgres'): Promise<Ward> {
  return engine === 'postgres' ? postgresWard() : sqliteWard()
}

async function postgresWard(): Promise<Ward> {
  const database = await freshDatabase()
  return {
    execute: async (sql) => void (await database.query(sql)),
    examine: (check, circumstances = {}) =>
      examined(check, circumstances, (options) =>
        openPostgres(database.url, { ...defaultOptions, ...options }),
      ),
  }
}

async function sqliteWard(): Promise<Ward> {
  const directory = await mkdtemp(join(tmpdir(), 'carryover-doctor-'))
  const path = join(directory, 'patient.sqlite')
  const database = new Database(path)
  onTestFinished(async () => {
    database.close()
    await rm(directory, { recursive: true })
  })
  return {
    execute: async (sql) => void database.exec(sql),
    examine: (check, circumstances = {}) =>
      examined(check, circumstances, (options) => openSqlite(path, { ...defaultOptions, ...options })),
  }
}

async function examined(
  check: Check,
  { declared = [], pipelines = [], migrations, project, access = { readOnly: true } }: Circumstances,
  open: (options: Partial<TargetOptions>) => Promise<Target>,
): Promise<readonly Found[]> {
  const target = await open(access)
  try {
    const patient: Patient = {
      survey: await target.audit.survey([]),
      audit: target.audit,
      declared,
      pipelines,
      migrations: { applied: [], pending: [], changed: [], unknown: [], ...migrations },
      project: { dir: '/project', texts: new Map(), tracked: undefined, ...project },
    }
    return await check.find(patient)
  } finally {
    await target.close()
  }
}

/** Declares that a check finds what was planted, nothing where nothing was, and nothing any more once its SQL was applied. */
export function clinic(check: Check, cases: readonly Case[]): void {
  test.each(cases.map((one) => [one.name, one] as const))(
    'finds %s',
    async (_, { engine, broken, objects, ...rest }) => {
      const { execute, examine } = await ward(engine)
      await execute(broken)
      const found = await examine(check, rest)
      expect(found.map(({ object }) => object)).toEqual(objects)
      for (const { message } of found) expect(message).toMatch(/^[^a-z].*\.$/s)
    },
  )

  test.each(cases.map((one) => [one.name, one] as const))(
    'without it: no %s',
    async (_, { engine, sound, ...rest }) => {
      const { execute, examine } = await ward(engine)
      await execute(sound)
      expect(await examine(check, rest)).toEqual([])
    },
  )

  const mended = cases.filter(({ mends }) => mends !== false)
  if (mended.length === 0) return
  test.each(mended.map((one) => [one.name, one] as const))(
    'its SQL mends %s, and is told what it locks',
    async (_, { engine, broken, ...rest }) => {
      const { execute, examine } = await ward(engine)
      await execute(broken)
      for (const { sql = [], locks } of await examine(check, rest)) {
        expect(sql.length).toBeGreaterThan(0)
        expect(locks).toBeTruthy()
        await execute(sql.join('\n'))
      }
      expect(await examine(check, rest)).toEqual([])
    },
  )
}
