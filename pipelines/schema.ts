import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { InvoiceStatus, Plan, ToolType, UserStatus } from './enums.js'

/** When a row was made and when it last changed. */
const bookkeeping = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
}

export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    slug: varchar('slug', { length: 40 }).notNull(),
    name: varchar('name', { length: 80 }).notNull(),
    plan: Plan.column('plan').notNull(),
    settings: jsonb('settings'),
    ...bookkeeping,
  },
  (table) => [
    unique('organizations_slug_key').on(table.slug),
    Plan.check('organizations_plan_check', table.plan),
  ],
)

export const roles = pgTable(
  'roles',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: varchar('name', { length: 40 }).notNull(),
    description: text('description'),
    permissions: jsonb('permissions').notNull(),
    ...bookkeeping,
  },
  (table) => [unique('roles_organization_id_name_key').on(table.organizationId, table.name)],
)

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    handle: varchar('handle', { length: 30 }),
    name: varchar('name', { length: 60 }).notNull(),
    status: UserStatus.column('status').notNull(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'restrict' }),
    roleId: uuid('role_id').references(() => roles.id, { onDelete: 'set null' }),
    joinedAt: timestamp('joined_at', { withTimezone: true }),
    lastLoginAt: timestamp('last_login_at', { withTimezone: true }),
    ...bookkeeping,
  },
  (table) => [
    unique('users_email_key').on(table.email),
    uniqueIndex('users_handle_key').on(sql`lower(${table.handle})`),
    UserStatus.check('users_status_check', table.status),
    index('users_organization_id_idx').on(table.organizationId),
    index('users_role_id_idx').on(table.roleId),
  ],
)

export const agents = pgTable(
  'agents',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    name: varchar('name', { length: 60 }).notNull(),
    instructions: text('instructions'),
    temperature: numeric('temperature', { precision: 3, scale: 2 }).notNull(),
    tokenBudget: bigint('token_budget', { mode: 'number' }),
    enabled: boolean('enabled').notNull(),
    origin: text('origin').notNull(),
    ...bookkeeping,
  },
  (table) => [
    unique('agents_organization_id_name_key').on(table.organizationId, table.name),
    index('agents_owner_id_idx').on(table.ownerId),
  ],
)

export const tools = pgTable(
  'tools',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').references(() => agents.id, { onDelete: 'set null' }),
    slug: varchar('slug', { length: 40 }).notNull(),
    type: ToolType.column('type').notNull(),
    url: text('url'),
    rateLimit: integer('rate_limit'),
    config: jsonb('config'),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
    ...bookkeeping,
  },
  (table) => [
    // A deleted tool leaves its slug to the next one.
    uniqueIndex('tools_organization_id_slug_key')
      .on(table.organizationId, table.slug)
      .where(sql`${table.deletedAt} is null`),
    ToolType.check('tools_type_check', table.type),
    check('tools_rate_limit_check', sql`${table.rateLimit} >= 0`),
    index('tools_organization_id_idx').on(table.organizationId),
    index('tools_agent_id_idx').on(table.agentId),
  ],
)

export const invoices = pgTable(
  'invoices',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    number: varchar('number', { length: 20 }).notNull(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'restrict' }),
    status: InvoiceStatus.column('status').notNull(),
    amount: numeric('amount', { precision: 10, scale: 2 }).notNull(),
    currency: varchar('currency', { length: 3 }).notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
    paidAt: timestamp('paid_at', { withTimezone: true }),
    ...bookkeeping,
  },
  (table) => [
    unique('invoices_number_key').on(table.number),
    InvoiceStatus.check('invoices_status_check', table.status),
    index('invoices_organization_id_idx').on(table.organizationId),
  ],
)
