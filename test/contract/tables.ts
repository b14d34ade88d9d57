import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  integer,
  json,
  jsonb,
  numeric,
  pgEnum,
  pgSchema,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  time,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'

const citext = customType<{ data: string }>({ dataType: () => 'citext' })
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

const mood = pgEnum('mood', ['glad', 'sad'])
const billing = pgSchema('billing')

export const organizations = pgTable('organizations', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name'),
})

/** Every kind of unique key, check and foreign key. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email'),
    handle: citext('handle').unique(),
    slug: text('slug'),
    tenant: text('tenant'),
    externalNo: integer('external_no'),
    badgeSeries: text('badge_series'),
    badgeNo: integer('badge_no'),
    status: text('status').notNull().default('active'),
    age: integer('age'),
    organizationId: uuid('organization_id').references(() => organizations.id),
    managerId: uuid('manager_id'),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_email_lower').on(sql`lower(${table.email})`),
    uniqueIndex('users_slug_live')
      .on(table.slug)
      .where(sql`${table.deletedAt} is null`),
    unique('users_tenant_external_no').on(table.tenant, table.externalNo),
    unique('users_badge').on(table.badgeSeries, table.badgeNo).nullsNotDistinct(),
    check('users_status_known', sql`${table.status} in ('active', 'blocked')`),
    check('users_age_positive', sql`${table.age} >= 0`),
    check('users_deleted_late', sql`${table.deletedAt} is null or ${table.status} = 'blocked'`),
    foreignKey({ name: 'users_manager', columns: [table.managerId], foreignColumns: [table.id] }),
  ],
)

/** A key that the database makes. */
export const counters = pgTable('counters', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  label: text('label').notNull().unique(),
})

/** A key that the database makes always. */
export const receipts = pgTable('receipts', {
  id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
  label: text('label').notNull().unique(),
})

/** No primary key: the unique key that is never null names a row. */
export const settings = pgTable('settings', {
  key: text('key').notNull().unique(),
  value: text('value'),
})

export const memberships = pgTable(
  'memberships',
  {
    userId: uuid('user_id').notNull(),
    team: text('team').notNull(),
    role: text('role'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.team] })],
)

/** A table of another schema. */
export const invoices = billing.table('invoices', {
  id: uuid('id').primaryKey(),
  no: text('no').notNull().unique(),
})

/** One column of every type. */
export const samples = pgTable('samples', {
  id: uuid('id').primaryKey(),
  text: text('text'),
  varchar: varchar('varchar', { length: 5 }),
  char: char('char', { length: 3 }),
  citext: citext('citext'),
  smallint: smallint('smallint'),
  integer: integer('integer'),
  bigint: bigint('bigint', { mode: 'bigint' }),
  money: numeric('money', { precision: 10, scale: 2 }),
  numeric: numeric('numeric'),
  real: real('real'),
  double: doublePrecision('double'),
  boolean: boolean('boolean'),
  uuid: uuid('uuid'),
  timestamptz: timestamp('timestamptz', { withTimezone: true }),
  timestamp: timestamp('timestamp'),
  date: date('date'),
  time: time('time'),
  json: json('json'),
  jsonb: jsonb('jsonb'),
  mood: mood('mood'),
  tags: text('tags').array(),
  numbers: integer('numbers').array(),
  bytes: bytea('bytes'),
})

/** What a fresh database of the contract suite has. */
export const tables = [organizations, users, counters, receipts, settings, memberships, invoices, samples]
