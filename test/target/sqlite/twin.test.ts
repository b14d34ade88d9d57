import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  inet,
  integer,
  interval,
  json,
  jsonb,
  numeric,
  pgEnum,
  pgSchema,
  pgTable,
  primaryKey,
  real,
  serial,
  smallint,
  text,
  time,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
  type PgColumnBuilderBase,
} from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { twinOf } from '../../../src/target/sqlite/twin.js'

const citext = customType<{ data: string }>({ dataType: () => 'citext' })
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
const mood = pgEnum('mood', ['glad', "isn't"])

/** The definition of the one column. */
function columnOf(builder: PgColumnBuilderBase): string {
  return twinOf(pgTable('t', { c: builder })).columns.get('c') ?? ''
}

describe('a column of a twin', () => {
  test.each<[string, PgColumnBuilderBase, string]>([
    ['uuid', uuid('c'), '"c" text'],
    ['text', text('c'), '"c" text'],
    ['varchar', varchar('c', { length: 9 }), '"c" text constraint "c too_long" check (length("c") <= 9)'],
    ['varchar without a length', varchar('c'), '"c" text'],
    ['char', char('c', { length: 2 }), '"c" text constraint "c too_long" check (length("c") <= 2)'],
    ['citext', citext('c'), '"c" text collate nocase'],
    [
      'smallint',
      smallint('c'),
      '"c" integer constraint "c out_of_range" check ("c" between -32768 and 32767)',
    ],
    [
      'integer',
      integer('c'),
      '"c" integer constraint "c out_of_range" check ("c" between -2147483648 and 2147483647)',
    ],
    ['bigint', bigint('c', { mode: 'bigint' }), '"c" integer'],
    ['numeric', numeric('c', { precision: 10, scale: 2 }), '"c" text'],
    ['real', real('c'), '"c" real'],
    ['double', doublePrecision('c'), '"c" real'],
    ['boolean', boolean('c'), '"c" integer constraint "c type" check ("c" in (0, 1))'],
    ['timestamptz', timestamp('c', { withTimezone: true }), '"c" text'],
    ['date', date('c'), '"c" text'],
    ['time', time('c'), '"c" text'],
    ['json', json('c'), '"c" text constraint "c type" check (json_valid("c"))'],
    ['jsonb', jsonb('c'), '"c" text constraint "c type" check (json_valid("c"))'],
    ['enum', mood('c'), `"c" text constraint "c type" check ("c" in ('glad', 'isn''t'))`],
    ['array', text('c').array(), '"c" text'],
    ['array of an enum', mood('c').array(), '"c" text'],
    ['inet', inet('c'), '"c" text'],
    ['interval', interval('c'), '"c" text'],
    ['bytea', bytea('c'), '"c" blob'],
    [
      'identity',
      integer('c').primaryKey().generatedByDefaultAsIdentity(),
      '"c" integer constraint "t_pkey" primary key autoincrement constraint "c out_of_range" check ("c" between -2147483648 and 2147483647)',
    ],
    [
      'bigserial',
      bigserial('c', { mode: 'bigint' }).primaryKey(),
      '"c" integer constraint "t_pkey" primary key autoincrement',
    ],
    ['not null', text('c').notNull(), '"c" text not null'],
    ['primary key', uuid('c').primaryKey(), '"c" text not null'],
  ])('of type %s', (_, builder, definition) => {
    expect(columnOf(builder)).toBe(definition)
  })

  test.each<[string, PgColumnBuilderBase, string]>([
    ['text', text('c').default("it's"), `'it''s'`],
    ['a number', bigint('c', { mode: 'bigint' }).default(-3n), '-3'],
    ['true', boolean('c').default(true), '1'],
    ['a numeric', numeric('c', { precision: 4, scale: 2 }).default('1.5'), `'1.50'`],
    ['JSON', jsonb('c').default({ b: [1], a: null }), `'{"a":null,"b":[1]}'`],
    ['an array', text('c').array().default(['a b']), `'{"a b"}'`],
    [
      'an empty array in SQL',
      text('c')
        .array()
        .default(sql`'{}'::text[]`),
      `'{}'`,
    ],
    [
      'another empty array in SQL',
      text('c')
        .array()
        .default(sql`ARRAY[]::text[]`),
      `'{}'`,
    ],
    ['JSON in SQL', jsonb('c').default(sql`'{}'::jsonb`), `'{}'`],
    ['false in SQL', boolean('c').default(sql`false`), '(false)'],
    [
      'a Date',
      timestamp('c', { withTimezone: true }).default(new Date('2024-01-02T03:04:05Z')),
      `'2024-01-02T03:04:05Z'`,
    ],
    [
      'the present',
      timestamp('c', { withTimezone: true }).defaultNow(),
      `(rtrim(rtrim(strftime('%Y-%m-%dT%H:%M:%f', 'now'), '0'), '.') || 'Z')`,
    ],
    [
      'the present without a zone',
      timestamp('c').default(sql`(now() at time zone 'utc')`),
      `(rtrim(rtrim(strftime('%Y-%m-%dT%H:%M:%f', 'now'), '0'), '.'))`,
    ],
    [
      'the present in seconds',
      timestamp('c', { withTimezone: true, precision: 0 }).default(sql`CURRENT_TIMESTAMP`),
      `(strftime('%Y-%m-%dT%H:%M:%S', 'now') || 'Z')`,
    ],
    ['today', date('c').defaultNow(), `(date('now'))`],
    ['an expression', text('c').default(sql`lower('A'::text)`), `(lower('A'))`],
  ])('has the default %s', (_, builder, value) => {
    expect(columnOf(builder).split(' constraint ')[0]).toMatch(/ default /)
    expect(columnOf(builder).split(' constraint ')[0]?.split(' default ')[1]).toBe(value)
  })

  test('has no default for what drizzle alone fills in', () => {
    expect(columnOf(text('c').$defaultFn(() => 'x'))).toBe('"c" text')
  })

  test('is generated where the schema says so', () => {
    const { columns } = twinOf(pgTable('t', { a: text('a'), c: text('c').generatedAlwaysAs(sql`lower(a)`) }))
    expect(columns.get('c')).toBe('"c" text generated always as (lower(a)) stored')
  })

  test.each<[string, PgColumnBuilderBase, string]>([
    ['a sequence that is not the primary key', serial('c'), 'twin.no_sequence'],
    ['an identity that is not the primary key', integer('c').generatedAlwaysAsIdentity(), 'twin.no_sequence'],
    ['a default that is no value of its type', integer('c').default('seven' as never), 'twin.no_default'],
  ])('cannot have %s', (_, builder, code) => {
    expect(() => columnOf(builder)).toThrow(expect.objectContaining({ code }) as Error)
  })
})

describe('a twin', () => {
  const parents = pgTable('parents', { id: uuid('id').primaryKey() })

  test('has constraints of one column beside it, and others at the end', () => {
    const twin = twinOf(
      pgTable(
        'things',
        {
          a: uuid('a')
            .notNull()
            .references(() => parents.id, { onDelete: 'cascade', onUpdate: 'set null' }),
          b: integer('b').notNull(),
          price: numeric('price'),
        },
        (table) => [
          primaryKey({ columns: [table.a, table.b] }),
          check('b_positive', sql`${table.b} > 0`),
          check('cheap', sql`${table.price} < ${table.b}`),
          foreignKey({ name: 'pair', columns: [table.a, table.b], foreignColumns: [table.b, table.a] }),
        ],
      ),
    )
    expect(twin.create.split('\n')).toEqual([
      'create table "things" (',
      '  "a" text not null constraint "things_a_parents_id_fk" references "parents" ("id") on delete cascade on update set null,',
      '  "b" integer not null constraint "b out_of_range" check ("b" between -2147483648 and 2147483647) constraint "b_positive" check ("b" > 0),',
      '  "price" text,',
      '  constraint "things_a_b_pk" primary key ("a", "b"),',
      '  constraint "cheap" check (cast("price" as numeric) < "b"),',
      '  constraint "pair" foreign key ("a", "b") references "things" ("b", "a")',
      ') strict',
    ])
  })

  test('has unique constraints and indexes under their names', () => {
    const twin = twinOf(
      pgTable(
        'things',
        { a: text('a').unique(), b: text('b').unique('b_key', { nulls: 'not distinct' }), c: text('c') },
        (table) => [
          unique().on(table.a, table.b),
          unique('nulls').on(table.a, table.c).nullsNotDistinct(),
          uniqueIndex('lowered').on(sql`lower(${table.a})`, table.b.desc()),
          uniqueIndex('part')
            .on(table.c)
            .where(sql`${table.a} is not null and ${table.b} <> 'x'::text`),
          index().on(table.c),
          index('searched').using('gin', table.c),
        ],
      ),
    )
    expect(twin.indexes.map((one) => one.create)).toEqual([
      'create unique index "things_a_unique" on "things" ("a")',
      `create unique index "b_key" on "things" (ifnull("b", x'00'))`,
      'create unique index "things_a_b_unique" on "things" ("a", "b")',
      `create unique index "nulls" on "things" (ifnull("a", x'00'), ifnull("c", x'00'))`,
      'create unique index "lowered" on "things" (lower("a"), "b" desc)',
      `create unique index "part" on "things" ("c") where "a" is not null and "b" <> 'x'`,
      'create index "things_c_index" on "things" ("c")',
    ])
  })

  test('of a table in another schema has the schema before its name', () => {
    const billing = pgSchema('billing')
    const invoices = billing.table('invoices', { id: uuid('id').primaryKey(), no: text('no').unique() })
    const twin = twinOf(invoices)
    expect([twin.name, twin.liveName]).toEqual(['billing.invoices', 'billing_invoices'])
    expect(twin.indexes[0]?.create).toBe(
      'create unique index "billing_invoices_no_unique" on "billing_invoices" ("no")',
    )
    const lines = pgTable('lines', { invoice: uuid('invoice').references(() => invoices.id) })
    expect(twinOf(lines).columns.get('invoice')).toContain('references "billing_invoices" ("id")')
  })

  test('starts its numbers where the schema says', () => {
    const twin = twinOf(
      pgTable('t', { id: integer('id').primaryKey().generatedAlwaysAsIdentity({ startWith: 1000 }) }),
    )
    expect(twin.seed).toBe(`insert into sqlite_sequence (name, seq) values ('t', 999)`)
  })
})
