import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { driftKey } from '../../../src/doctor/checks/drift-key.js'
import { clinic } from '../clinic.js'

const seats = pgTable('seats', { room: integer('room'), no: integer('no') }, (table) => [
  primaryKey({ columns: [table.room, table.no] }),
])
const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') })
const partial = pgTable('users', { name: text('name') })

clinic(driftKey, [
  {
    name: 'a key over fewer columns, and one that is missing',
    declared: [seats, users, partial],
    broken: `create table seats (room integer primary key, no integer not null); create table users (id integer not null, name text, unique (id))`,
    sound: `create table seats (room integer, no integer, primary key (no, room)); create table users (id integer primary key, name text)`,
    objects: ['seats', 'users'],
  },
  {
    name: 'a key that others refer to',
    declared: [users],
    mends: false,
    broken: `create table users (id integer not null, name text primary key); create table posts (author text references users)`,
    sound: `create table users (id integer, name text unique, primary key (id)); create table posts (author integer references users)`,
    objects: ['users'],
  },
  {
    name: 'a key over fewer columns',
    engine: 'sqlite',
    declared: [seats, users],
    mends: false,
    broken: `create table seats (room integer primary key, no integer); create table users (id integer primary key, name text)`,
    sound: `create table seats (room integer, no integer, primary key (room, no)); create table users (id integer primary key, name text)`,
    objects: ['seats'],
  },
])
