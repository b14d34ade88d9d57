import { integer, pgTable, primaryKey, serial, text } from 'drizzle-orm/pg-core'
import { driftNullable } from '../../../src/doctor/checks/drift-nullable.js'
import { clinic } from '../clinic.js'

const seats = pgTable(
  'seats',
  { room: integer('room'), no: serial('no'), name: text('name').notNull(), note: text('note') },
  (table) => [primaryKey({ columns: [table.room, table.no] })],
)

clinic(driftNullable, [
  {
    name: 'columns that may be null, and one that may not',
    declared: [seats],
    broken: `create table seats (room integer, no integer primary key, name text, note text not null)`,
    sound: `create domain filled as text not null;
            create table seats (room integer, no serial, name filled, note text, extra text not null, primary key (room, no))`,
    objects: ['room', 'name', 'note'].map((name) => `seats.${name}`),
  },
  {
    name: 'the same',
    engine: 'sqlite',
    declared: [seats],
    mends: false,
    broken: `create table seats (room integer not null, no integer not null, name text, note text, primary key (room, no))`,
    sound: `create table seats (room integer, no integer, name text not null, note text, primary key (room, no))`,
    objects: ['seats.name'],
  },
])
