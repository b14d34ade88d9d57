import { expect } from 'vitest'
import { migrate } from '../../src/index.js'
import type { Ground } from './ground.js'

/** What every extra pipeline imports. */
const imports = `
import { clean, constant, date, decimal, definePipeline, json, legacyEnum, onChange, onInsert, reference, timestamp, uuidFrom } from 'carryover'
import { sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import { z } from 'zod'
`

/**
 * Adds a pipeline with a table of its own to the project, and the table to the database.
 * @param text the module after the imports of everything that carryover, drizzle (`pg`, `sql`) and zod have
 * @param ddl the table on Postgres; on SQLite it is derived from the module
 */
export async function addPipeline(ground: Ground, name: string, text: string, ddl: string): Promise<void> {
  await writePipeline(ground, name, text)
  await ground.source(name, [])
  if (ground.engine === 'postgres') await ground.query(ddl)
  else {
    const report = await migrate({ cwd: ground.dir, database: ground.url, env: {} })
    expect(report.errors).toEqual([])
  }
}

/** Writes the module of a pipeline whose table is there already. */
export async function writePipeline(ground: Ground, name: string, text: string): Promise<void> {
  await ground.file(`pipelines/${name}.ts`, imports + text)
}
