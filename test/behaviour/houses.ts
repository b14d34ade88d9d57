import { expect } from 'vitest'
import { migrate } from '../../src/index.js'
import type { Ground } from './ground.js'

/** A legacy record of the pipeline `houses`: its parent and what it links to are houses as well. */
export interface House {
  id: string
  slug: string
  /** Unique as well. */
  code?: string
  parent?: string
  /** A guest. */
  keeper?: string
  links?: string[]
}

/** A legacy record of the pipeline `guests`, which runs after the houses. */
export interface Guest {
  id: string
  mail: string
  home: string
}

/** Two pipelines that refer to each other, one of them also to itself, in a column and in its children. */
export async function layHouses(ground: Ground): Promise<void> {
  await ground.file('houses.ts', module)
  for (const name of ['houses', 'guests']) {
    await ground.file(`pipelines/${name}.ts`, `export { ${name}Pipeline as default } from '../houses.js'`)
    await ground.source(name, [])
  }
  if (ground.engine === 'postgres') for (const statement of ddl) await ground.query(statement)
  else expect((await migrate({ cwd: ground.dir, database: ground.url, env: {} })).errors).toEqual([])
}

/** Forgets everything: the rows, and what the ledger knows. */
export async function emptyHouses(ground: Ground): Promise<void> {
  await ground.query('delete from house_links')
  await ground.query('update houses set keeper_id = null, parent_id = null')
  for (const table of ['guests', 'houses']) await ground.query(`delete from ${table}`)
  const there = await ground.query(
    ground.engine === 'sqlite'
      ? `select 1 as one from sqlite_master where name = 'carryover_records'`
      : `select 1 as one where to_regclass('carryover.records') is not null`,
  )
  if (there.length === 0) return
  for (const table of ['records', 'rejects']) await ground.query(`delete from ${ground.ledger(table)}`)
}

/** The rows in words, without their ids, which a shared row has from whoever came first: `oak < elm, kept by ann: elm pine`. */
export async function heldHouses(ground: Ground): Promise<string[]> {
  const houses = await ground.query(
    `select h.id, h.slug, p.slug as parent, g.mail as keeper
       from houses h left join houses p on p.id = h.parent_id left join guests g on g.id = h.keeper_id order by h.slug`,
  )
  const links = await ground.query(
    `select l.house_id, h.slug from house_links l join houses h on h.id = l.to_id order by h.slug`,
  )
  const guests = await ground.query(
    `select g.mail, h.slug from guests g join houses h on h.id = g.home_id order by g.mail`,
  )
  return [
    ...houses.map(({ id, slug, parent, keeper }) => {
      const to = links.filter(({ house_id }) => house_id === id).map((link) => String(link['slug']))
      return [
        String(slug),
        parent === null ? '' : ` < ${parent as string}`,
        keeper === null ? '' : `, kept by ${keeper as string}`,
        to.length === 0 ? '' : `: ${to.join(' ')}`,
      ].join('')
    }),
    ...guests.map(({ mail, slug }) => `${String(mail)} in ${String(slug)}`),
  ]
}

const module = `
import { child, definePipeline, parent, reference } from 'carryover'
import * as pg from 'drizzle-orm/pg-core'
import { z } from 'zod'

export const houses = pg.pgTable('houses', {
  id: pg.text('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  code: pg.text('code').unique(),
  parentId: pg.text('parent_id').references((): pg.AnyPgColumn => houses.id),
  keeperId: pg.text('keeper_id').references((): pg.AnyPgColumn => guests.id),
})
export const houseLinks = pg.pgTable('house_links', {
  houseId: pg.text('house_id').notNull().references(() => houses.id),
  name: pg.text('name').notNull(),
  toId: pg.text('to_id').notNull().references(() => houses.id),
}, (table) => [pg.primaryKey({ columns: [table.houseId, table.name] })])
export const guests = pg.pgTable('guests', {
  id: pg.text('id').primaryKey(),
  mail: pg.text('mail').notNull().unique(),
  homeId: pg.text('home_id').notNull().references((): pg.AnyPgColumn => houses.id),
})
export const housesPipeline = definePipeline({
  name: 'houses',
  source: { files: '../data/houses.json' },
  record: z.object({
    id: z.string(),
    slug: z.string(),
    code: z.string().nullish(),
    parent: z.string().nullish(),
    keeper: z.string().nullish(),
    links: z.array(z.string()).nullish(),
  }),
  key: 'id',
  target: houses,
  columns: {
    id: 'id',
    slug: 'slug',
    code: 'code',
    parentId: reference('houses', 'parent'),
    keeperId: reference('guests', 'keeper'),
  },
  children: [child({
    name: 'links',
    each: 'links',
    record: z.object({ $value: z.string() }),
    key: '$value',
    target: houseLinks,
    columns: { houseId: parent(), name: '$value', toId: reference('houses', '$value') },
  })],
})
export const guestsPipeline = definePipeline({
  name: 'guests',
  source: { files: '../data/guests.json' },
  record: z.object({ id: z.string(), mail: z.string(), home: z.string() }),
  key: 'id',
  target: guests,
  columns: { id: 'id', mail: 'mail', homeId: reference('houses', 'home') },
})
`
const ddl = [
  `create table houses (
     id text primary key, slug text not null constraint houses_slug_unique unique, code text constraint houses_code_unique unique,
     parent_id text constraint houses_parent_id_houses_id_fk references houses (id), keeper_id text
   )`,
  `create table house_links (
     house_id text not null constraint house_links_house_id_houses_id_fk references houses (id),
     name text not null,
     to_id text not null constraint house_links_to_id_houses_id_fk references houses (id),
     constraint house_links_house_id_name_pk primary key (house_id, name)
   )`,
  `create table guests (
     id text primary key, mail text not null constraint guests_mail_unique unique,
     home_id text not null constraint guests_home_id_houses_id_fk references houses (id)
   )`,
  `alter table houses add constraint houses_keeper_id_guests_id_fk foreign key (keeper_id) references guests (id)`,
]
