import { integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core'
import { sqliteTable, text as sqliteText } from 'drizzle-orm/sqlite-core'
import { driftTableMissing } from '../../../src/doctor/checks/drift-table-missing.js'
import { clinic } from '../clinic.js'

const users = pgTable('users', { id: integer('id').primaryKey() })
const invoices = pgSchema('billing').table('Invoices', { id: integer('id').primaryKey() })
const report = pgTable('report', { id: integer('id') })
const part = pgTable('log_2026', { id: integer('id') })
const notes = sqliteTable('notes', { id: sqliteText('id').primaryKey() })

clinic(driftTableMissing, [
  {
    name: 'a table that is not there',
    declared: [users, invoices, notes],
    mends: false,
    broken: `create schema billing; create table billing.invoices (id integer); create schema other; create table other.users (id integer)`,
    sound: `create table users (id integer); create schema billing; create table billing."Invoices" (id integer)`,
    objects: ['users', 'billing.Invoices'],
  },
  {
    name: 'what is declared as a table and is a view or a partition',
    declared: [report, part],
    mends: false,
    broken: `create table reports (id integer)`,
    sound: `create view report as select 1 as id; create table log (id integer) partition by range (id);
            create table log_2026 partition of log for values from (1) to (9)`,
    objects: ['report', 'log_2026'],
  },
  {
    name: 'a table of a schema on the search path',
    declared: [invoices],
    mends: false,
    broken: `select 1`,
    sound: `create schema billing; create table billing."Invoices" (id integer);
            do $$ begin execute format('alter database %I set search_path = public, billing', current_database()); end $$`,
    objects: ['billing.Invoices'],
  },
  {
    name: 'a table that the file does not have',
    engine: 'sqlite',
    declared: [users, invoices, notes, pgTable('seen', { id: text('id') })],
    mends: false,
    broken: `create table users (id integer primary key); create view seen as select 1 as id`,
    sound: `create table users (id integer primary key); create table "billing_Invoices" (id integer primary key);
            create table notes (id text primary key); create table seen (id text)`,
    objects: ['billing_Invoices', 'notes'],
  },
])
