import type { Table } from 'drizzle-orm'
import { afterEach, beforeEach, describe } from 'vitest'
import type { Batch, Staged } from '../../src/target/batch.js'
import type { Applied, Changes, Write } from '../../src/target/writes.js'
import type { NewRun } from '../../src/target/ledger.js'
import type { TargetTable } from '../../src/target/table.js'
import type { Target } from '../../src/target/target.js'
import type { TestDatabase } from './engine.js'
import { engines } from './engines.js'

/** What each rule of the contract starts from. */
export interface Ground {
  /** Fresh for each rule. */
  database: TestDatabase
  /** Open on it. */
  target: Target
}

/** Declares the rules of one part of the port for every engine. */
export function contract(part: string, rules: (ground: Ground) => void): void {
  describe.each(engines.map((engine) => [engine.name, engine] as const))(`${part}, %s`, (_, engine) => {
    const ground = {} as Ground
    beforeEach(async () => {
      ground.database = await engine.createDatabase()
      ground.target = await ground.database.openTarget()
    })
    afterEach(async () => {
      await ground.target.close()
      await ground.database.drop()
    })
    rules(ground)
  })
}

/** `uuid(7)` → `00000000-0000-4000-8000-000000000007`. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const aRun: NewRun = {
  command: 'run',
  pipelines: ['people'],
  toolVersion: '1.2.3',
  startedAt: new Date('2026-01-02T03:04:05.678Z'),
  host: 'here',
  user: 'somebody',
  deployment: null,
  commit: null,
  definitions: null,
}

/** A record as a rule writes it: the columns by name. */
export type Values = Readonly<Record<string, string | null>>

/** Records of one shape, their ordinals from 0 on. */
export function stage(table: TargetTable, records: readonly Values[]): Staged {
  const columns = Object.keys(records[0] ?? {})
  const rows = records.map((record, ordinal) => ({
    ordinal,
    values: columns.map((column) => record[column] ?? null),
  }))
  return { table, columns, rows }
}

/** A write: an insert of an unknown record unless said otherwise. Its fingerprint is `f:` and the legacy key. */
export function write(ordinal: number, legacyKey: string, more: Partial<Write> = {}): Omit<Write, 'values'> {
  return {
    ordinal,
    action: 'insert',
    legacyKey,
    fingerprint: `f:${legacyKey}`,
    role: 'owner',
    known: false,
    rowKey: null,
    changed: new Set(),
    seen: new Map(),
    formerOwner: null,
    parentKey: null,
    applied: null,
    ...more,
  }
}

/** A batch of writes of the pipeline `people`. */
export function changes(
  table: TargetTable,
  writes: readonly (Omit<Write, 'values'> & { record: Values })[],
  runId = 1,
): Changes {
  const columns = Object.keys(writes[0]?.record ?? {})
  return {
    pipeline: 'people',
    runId,
    table,
    columns,
    compared: columns,
    writes: writes.map(({ record, ...rest }) => ({
      ...rest,
      values: columns.map((column) => record[column] ?? null),
    })),
  }
}

/** Inserts records of the pipeline `people`, by legacy key, in a batch of their own; prepares the ledger. */
export async function land(
  { target }: Ground,
  table: Table,
  records: Readonly<Record<string, Values>>,
): Promise<Applied & { table: TargetTable }> {
  await target.ledger.prepare()
  const live = await target.readTable(table)
  const writes = Object.entries(records).map(([key, record], ordinal) => ({ ...write(ordinal, key), record }))
  const applied = await target.inBatch((batch) => batch.apply(changes(live, writes)))
  return { ...applied, table: live }
}

/** Asks one question in a batch of its own. */
export function ask<Answer>(
  { target }: Ground,
  question: (batch: Batch) => Promise<Answer>,
): Promise<Answer> {
  return target.inBatch(question)
}

/** What rows hold, column by column, read through the port: `differences` from a record of nothing but nulls. */
export async function rowsOf(
  ground: Ground,
  table: Table,
  columns: readonly string[],
  rowKeys: readonly string[],
): Promise<Record<string, string | null>[]> {
  const live = await ground.target.readTable(table)
  const nothing = Object.fromEntries(columns.map((column) => [column, null]))
  const staged = stage(
    live,
    rowKeys.map(() => nothing),
  )
  const keys = new Map(rowKeys.map((key, ordinal) => [ordinal, key]))
  const held = await ask(ground, (batch) => batch.differences(staged, keys))
  return rowKeys.map((_, ordinal) =>
    Object.fromEntries(
      columns.map((column) => [
        column,
        held.get(ordinal)?.find((one) => one.column === column)?.current ?? null,
      ]),
    ),
  )
}
