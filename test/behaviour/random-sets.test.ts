import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { layGround } from './ground.js'

interface Legacy {
  key: number
  id: number
  slug: string
  mail: string | null
}

type Outcome = 'inserted' | 'duplicate_key' | 'duplicate' | 'ambiguous'

// Few values, so that they collide all the time.
const records = fc.array(
  fc.record({
    key: fc.integer({ min: 1, max: 12 }),
    id: fc.integer({ min: 1, max: 16 }),
    slug: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    mail: fc.option(fc.constantFrom('k', 'K', 'l', 'm', 'N', 'n', 'o', 'p'), { nil: null }),
  }),
  { maxLength: 14 },
)

/**
 * What must come out, said as plainly as possible. In the order of the file, a record whose key was there before is a second
 * one; one that meets no row becomes a row. What is left meets one row (duplicate) or several (ambiguous) in the end.
 */
function model(legacy: readonly Legacy[]): { outcomes: Map<number, Outcome>; rows: Legacy[] } {
  const outcomes = new Map<number, Outcome>()
  const rows: Legacy[] = []
  const keys = new Set<number>()
  const met = (record: Legacy) =>
    rows.filter(
      (row) =>
        row.id === record.id ||
        row.slug === record.slug ||
        (row.mail !== null && row.mail.toLowerCase() === record.mail?.toLowerCase()),
    )
  legacy.forEach((record, index) => {
    if (keys.has(record.key)) outcomes.set(index, 'duplicate_key')
    else if (met(record).length === 0) {
      rows.push(record)
      outcomes.set(index, 'inserted')
    }
    keys.add(record.key)
  })
  legacy.forEach((record, index) => {
    if (!outcomes.has(index)) outcomes.set(index, met(record).length > 1 ? 'ambiguous' : 'duplicate')
  })
  return { outcomes, rows }
}

const pipelineFile = `
import { definePipeline } from 'carryover'
import { pgTable, text, uniqueIndex, integer } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

export const things = pgTable(
  'things',
  { id: integer('id').primaryKey(), slug: text('slug').notNull().unique(), mail: text('mail') },
  (table) => [uniqueIndex('things_mail_key').on(sql\`lower(\${table.mail})\`)],
)
export default definePipeline({
  name: 'things',
  source: { files: '../data/things.json' },
  record: z.object({ key: z.number(), id: z.number(), slug: z.string(), mail: z.string().nullable() }),
  key: 'key',
  target: things,
  columns: { id: 'id', slug: 'slug', mail: 'mail' },
})
`

test.each(['sqlite', 'postgres'] as const)(
  'random records with random duplicates come out as the model says, once, twice and in any batch size, on %s',
  async (engine) => {
    const ground = await layGround(engine)
    await ground.file('pipelines/things.ts', pipelineFile)
    const options = { only: ['things'] }
    if (engine === 'sqlite') {
      const { migrate } = await import('../../src/index.js')
      await migrate({ cwd: ground.dir, database: ground.url, env: {} })
    } else {
      await ground.query(
        `create table things (id integer primary key, slug text not null constraint things_slug_unique unique, mail text)`,
      )
      await ground.query(`create unique index things_mail_key on things (lower(mail))`)
    }
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom(1, 2, 3, 5, 100), async (legacy, batch) => {
        const expected = model(legacy)
        await ground.query(`delete from things`)
        if (await hasLedger())
          for (const table of ['records', 'rejects'])
            await ground.query(`delete from ${ground.ledger(table)}`)
        await ground.source('things', legacy)
        const planned = await ground.plan({ ...options, batch })
        const first = await ground.run({ ...options, batch })
        const again = await ground.run({ ...options, batch: 4 })
        expect(outcomesOf(first)).toEqual(count(expected.outcomes))
        expect(outcomesOf(planned)).toEqual(outcomesOf(first))
        expect(outcomesOf(again)).toEqual({
          ...count(expected.outcomes),
          inserted: 0,
          unchanged: expected.rows.length,
        })
        expect(again.pipelines[0]?.verification.ok).toBe(true)
        const rows = await ground.query('select id, slug, mail from things order by id')
        expect(rows).toEqual(
          expected.rows.map(({ id, slug, mail }) => ({ id, slug, mail })).toSorted((a, b) => a.id - b.id),
        )
      }),
      { numRuns: 60, endOnFailure: true }, // making the example smaller takes minutes
    )

    async function hasLedger(): Promise<boolean> {
      const found = await ground.query(
        engine === 'sqlite'
          ? `select 1 as one from sqlite_master where name = 'carryover_records'`
          : `select 1 as one where to_regclass('carryover.records') is not null`,
      )
      return found.length > 0
    }
  },
  300_000,
)

function count(outcomes: ReadonlyMap<number, Outcome>): Record<string, number> {
  const counts: Record<string, number> = {
    inserted: 0,
    unchanged: 0,
    duplicate_key: 0,
    duplicate: 0,
    ambiguous: 0,
  }
  for (const outcome of outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

function outcomesOf(report: RunReport): Record<string, number> {
  expect(report.errors).toEqual([])
  const [pipeline] = report.pipelines
  const rejects = Object.fromEntries((pipeline?.rejects ?? []).map((group) => [group.code, group.count]))
  const { inserted = 0, unchanged = 0 } = pipeline?.outcomes ?? {}
  return { inserted, unchanged, duplicate_key: 0, duplicate: 0, ambiguous: 0, ...rejects }
}
