import { expect } from 'vitest'
import { undo, type UndoOptions } from '../../src/index.js'
import type { UndoReport } from '../../src/run/command-reports.js'
import { addPipeline } from './extra-pipeline.js'
import type { Ground } from './ground.js'

/** Undoes a run of the project. */
export function undoRun(ground: Ground, runId: number, more: Partial<UndoOptions> = {}): Promise<UndoReport> {
  return undo({ cwd: ground.dir, database: ground.url, env: {}, runId, ...more })
}

/** Undoes the last run of the project as it must go: without errors, and as the dry run said. */
export async function undoLast(ground: Ground): Promise<UndoReport> {
  const [last] = await ground.query(
    `select max(id) as id from ${ground.ledger('runs')} where command = 'run'`,
  )
  const runId = Number(last?.['id'])
  const before = await holdings(ground)
  const planned = await undoRun(ground, runId, { dryRun: true })
  expect(await holdings(ground)).toEqual(before)
  const done = await undoRun(ground, runId)
  expect(done.errors).toEqual([])
  expect({ ...planned, dryRun: false, runId: done.runId }).toEqual(done)
  return done
}

/** A database to look into. */
type Held = Pick<Ground, 'engine' | 'query' | 'ledger'>

/** What the tables hold, and what the ledger knows of it, each row as text in an order of its own. */
export async function holdings(ground: Held): Promise<Record<string, string[]>> {
  const names = await ground.query(
    ground.engine === 'sqlite'
      ? `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'carryover_%' order by 1`
      : `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  )
  const held: Record<string, string[]> = {}
  for (const { name } of names) held[name as string] = await texts(ground, `"${String(name)}"`)
  held['records'] = await texts(ground, ground.ledger('records'))
  return held
}

/**
 * The same as far as it is taken back with a run: not what stands for the source, which lets later runs skip a record and which every
 * run may forget.
 */
export async function appliedHoldings(ground: Held): Promise<Record<string, string[]>> {
  const { records = [], ...tables } = await holdings(ground)
  const applied = records.map((text) => text.replace(/("fingerprint":"[^" ]*)[^"]*/, '$1'))
  return { ...tables, records: applied.toSorted() }
}

/** The same without the numbers of runs and steps, and without when a row was written. */
export async function holdingsOfAnyRun(ground: Ground): Promise<Record<string, string[]>> {
  const held = await appliedHoldings(ground)
  const plain = (text: string) =>
    text
      .replaceAll(/"(run_id|step)":\d+/g, '"$1":0')
      .replaceAll(/"(updated_at|deleted_at)":"[^"]+"/g, '"$1":"then"')
      .replaceAll(/\\"(updated_at|deleted_at)\\":\\"[^"\\]+\\"/g, '"$1":"then"')
  return Object.fromEntries(Object.entries(held).map(([name, rows]) => [name, rows.map(plain).toSorted()]))
}

async function texts(ground: Held, table: string): Promise<string[]> {
  const rows = await ground.query(
    ground.engine === 'sqlite'
      ? `select * from ${table}`
      : `select row_to_json(t)::text as row from ${table} t`,
  )
  return rows
    .map((row) => (ground.engine === 'sqlite' ? JSON.stringify(row) : (row['row'] as string)))
    .toSorted()
}

/** A legacy record of the pipeline `shops`. */
export interface Shop {
  id: number
  slug: string
  head?: number | null
  name?: string | null
  doors?: { side: string; width: number }[]
}

/** Shops that point at each other, with doors as children, and clerks that point at shops. */
export async function layShops(ground: Ground, policies = ''): Promise<void> {
  await ground.file(
    'carryover.config.ts',
    `export default { bookkeeping: { deletedAt: 'deletedAt', updatedAt: 'updatedAt', version: 'version' } }`,
  )
  await addPipeline(
    ground,
    'shops',
    `
import { child, parent } from 'carryover'
export const shops = pg.pgTable('shops', {
  id: pg.integer('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  name: pg.text('name'),
  headId: pg.integer('head_id').references((): pg.AnyPgColumn => shops.id),
  note: pg.text('note'),
  open: pg.boolean('open').notNull().default(true),
  version: pg.integer('version').notNull().default(1),
  updatedAt: pg.timestamp('updated_at', { withTimezone: true }),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
})
export const doors = pg.pgTable('doors', {
  shopId: pg.integer('shop_id').notNull().references(() => shops.id),
  side: pg.text('side').notNull(),
  width: pg.numeric('width', { precision: 6, scale: 2 }),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
}, (table) => [pg.primaryKey({ columns: [table.shopId, table.side] })])
export default definePipeline({
  name: 'shops',
  source: { files: '../data/shops.json' },
  record: z.object({
    id: z.number(), slug: z.string(), head: z.number().nullish(), name: z.string().nullish(),
    doors: z.array(z.object({ side: z.string(), width: z.number() })).optional(),
  }),
  key: 'id',
  target: shops,
  columns: { id: 'id', slug: 'slug', name: 'name', headId: reference('shops', 'head', { missing: 'null' }), open: constant(true) },
  children: [
    child({
      name: 'doors',
      each: 'doors',
      record: z.object({ side: z.string(), width: z.number() }),
      key: 'side',
      target: doors,
      columns: { shopId: parent(), side: 'side', width: decimal('width') },
    }),
  ],
  ${policies}
})
`,
    `create table shops (
       id integer primary key, slug text not null unique, name text, head_id integer references shops (id), note text,
       open boolean not null default true, version integer not null default 1, updated_at timestamptz, deleted_at timestamptz);
     create table doors (
       shop_id integer not null references shops (id), side text not null, width numeric(6, 2), deleted_at timestamptz,
       primary key (shop_id, side))`,
  )
  await addPipeline(
    ground,
    'clerks',
    `
import { shops } from './shops.js'
export const clerks = pg.pgTable('clerks', {
  id: pg.uuid('id').primaryKey(),
  badge: pg.integer('badge').notNull().unique(),
  shopId: pg.integer('shop_id').references(() => shops.id),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
})
export default definePipeline({
  name: 'clerks',
  source: { files: '../data/clerks.json' },
  record: z.object({ id: z.string(), badge: z.number(), shop: z.number().nullish() }),
  key: 'id',
  target: clerks,
  columns: { id: uuidFrom('id'), badge: 'badge', shopId: reference('shops', 'shop', { missing: 'null' }) },
  ${policies}
})
`,
    `create table clerks (
       id uuid primary key, badge integer not null unique, shop_id integer references shops (id), deleted_at timestamptz)`,
  )
}
