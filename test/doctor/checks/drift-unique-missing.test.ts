import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { driftUniqueMissing } from '../../../src/doctor/checks/drift-unique-missing.js'
import { clinic } from '../clinic.js'

const users = pgTable(
  'users',
  {
    id: integer('id').primaryKey(),
    email: text('email').unique(),
    handle: text('handle'),
    slug: text('slug'),
    order: integer('order'),
    team: integer('team'),
    deletedAt: text('deleted_at'),
  },
  (table) => [
    uniqueIndex('users_handle').on(sql`lower(${table.handle})`),
    uniqueIndex('users_slug')
      .on(table.slug)
      .where(sql`${table.deletedAt} is null`),
    unique('users_order').on(table.team, table.order).nullsNotDistinct(),
  ],
)
const columns =
  'id integer primary key, email text, handle text, slug text, "order" integer, team integer, deleted_at text'

clinic(driftUniqueMissing, [
  {
    name: 'uniques that are none',
    declared: [users],
    broken: `create table users (${columns}); create index on users (email); create unique index on users (handle);
             create unique index on users (slug); create unique index on users (team, "order", slug)`,
    sound: `create table users (${columns}, constraint other_name unique (email)); create unique index on users (lower(handle));
            create unique index on users (slug) include (team) where deleted_at is null; create unique index on users ("order", team)`,
    objects: ['users_email_unique', 'users_order', 'users_handle', 'users_slug'].map(
      (name) => `users.${name}`,
    ),
  },
  {
    name: 'one that the primary key stands for',
    declared: [
      pgTable('seats', { room: integer('room'), no: integer('no') }, (table) => [
        unique().on(table.room, table.no),
        primaryKey({ columns: [table.no, table.room] }),
      ]),
    ],
    broken: `create table seats (room integer, no integer)`,
    sound: `create table seats (room integer, no integer, primary key (no, room))`,
    objects: ['seats.seats_room_no_unique'],
  },
  {
    name: 'uniques that are none',
    engine: 'sqlite',
    declared: [users],
    mends: false,
    broken: `create table users (${columns}, unique (email)); create index a on users (lower(handle));
             create unique index b on users (slug); create unique index c on users (team, "order")`,
    sound: `create table users (${columns}, unique (email)); create unique index a on users (lower(handle));
            create unique index b on users (slug) where deleted_at is null; create unique index c on users (ifnull("team", x'00'), ifnull("order", x'00'))`,
    objects: ['users.users_handle', 'users.users_slug'],
  },
])
