import { expect } from 'vitest'
import type { PipelineReport, RunOptions, RunReport } from '../../src/index.js'
import { rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import type { Ground, Row } from './ground.js'

/** A legacy record of the pipeline `things`. */
export interface Thing {
  key: string
  id: number
  slug: string
  mail?: string | null
  name?: string | null
}

/** A table with three unique keys (a number, a word, a mail address whatever its case), and one whose rows point at it. */
export async function layThings(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'things',
    `
export const things = pg.pgTable('things', {
  id: pg.integer('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  mail: pg.text('mail'),
  name: pg.text('name'),
}, (table) => [
  pg.uniqueIndex('things_mail_key').on(sql\`lower(\${table.mail})\`),
  pg.check('things_name_check', sql\`\${table.name} <> 'bad'\`),
])
export default definePipeline({
  name: 'things',
  source: { files: '../data/things.json' },
  record: z.object({
    key: z.string(), id: z.number(), slug: z.string(), mail: z.string().nullish(), name: z.string().nullish(),
  }),
  key: 'key',
  target: things,
  columns: { id: 'id', slug: 'slug', mail: 'mail', name: 'name' },
})
`,
    `create table things (id integer primary key, slug text not null constraint things_slug_unique unique, mail text, name text,
       constraint things_name_check check (name <> 'bad'));
     create unique index things_mail_key on things (lower(mail))`,
  )
  await addPipeline(
    ground,
    'links',
    `
import thingsPipeline from './things.js'

export const links = pg.pgTable('links', { to: pg.text('to').primaryKey(), thingId: pg.integer('thing_id').notNull() })
export default definePipeline({
  name: 'links',
  source: { files: '../data/links.json' },
  record: z.object({ to: z.string() }),
  key: 'to',
  target: links,
  columns: { to: 'to', thingId: reference(thingsPipeline, 'to') },
})
`,
    `create table links ("to" text primary key, thing_id integer not null)`,
  )
}

/** What came of the things: the outcomes that occurred, the writes, and why who was refused. */
export interface ThingsOutcome {
  outcomes: Partial<PipelineReport['outcomes']>
  rows: Partial<PipelineReport['rows']>
  rejects: Record<string, string>
}

/** Plans and runs the things; what was planned is what was done, and the outcomes add up. */
export async function runThings(ground: Ground, options: RunOptions): Promise<ThingsOutcome> {
  const planned = await ground.plan({ ...options, only: ['things'] })
  const done = await ground.run({ ...options, only: ['things'] })
  expect(done.errors).toEqual([])
  expect(outcomeOf(planned)).toEqual(outcomeOf(done))
  expect(done.pipelines.every((pipeline) => pipeline.verification.ok)).toBe(true)
  return outcomeOf(done)
}

/** What a report says of the things. */
export function outcomeOf(report: RunReport): ThingsOutcome {
  const [pipeline] = report.pipelines
  return {
    outcomes: occurring(pipeline?.outcomes ?? {}),
    rows: occurring(pipeline?.rows ?? {}),
    rejects: rejectsOf(report, 'things'),
  }
}

function occurring<Counts extends object>(counts: Counts): Partial<Counts> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) as Partial<Counts>
}

/** The rows by the legacy key of their owner, without their ids: `{ a: 'slug mail name' }`. */
export async function heldThings(ground: Ground): Promise<Record<string, string>> {
  const id = ground.engine === 'sqlite' ? 'cast(t.id as text)' : 't.id::text'
  const rows = await ground.query(
    `select coalesce(l.legacy_key, '-') as key, t.slug, t.mail, t.name
       from things t
       left join ${ground.ledger('records')} l on l.row_key = ${id} and l.pipeline = 'things' and l.role = 'owner'
      order by 1`,
  )
  return Object.fromEntries(
    rows.map((row: Row) => [
      row['key'] as string,
      ['slug', 'mail', 'name']
        .flatMap((column) => (row[column] === null ? [] : [row[column] as string]))
        .join(' '),
    ]),
  )
}

/** Forgets everything: the rows, and what the ledger knows. */
export async function emptyThings(ground: Ground): Promise<void> {
  await ground.query('delete from things')
  const there = await ground.query(
    ground.engine === 'sqlite'
      ? `select 1 as one from sqlite_master where name = 'carryover_records'`
      : `select 1 as one where to_regclass('carryover.records') is not null`,
  )
  if (there.length === 0) return
  for (const table of ['records', 'rejects']) await ground.query(`delete from ${ground.ledger(table)}`)
}
