import { foreignKey, integer, pgSchema, pgTable } from 'drizzle-orm/pg-core'
import { driftForeignKeyMissing } from '../../../src/doctor/checks/drift-foreign-key-missing.js'
import { clinic } from '../clinic.js'

const rooms = pgSchema('House').table('rooms', { no: integer('no').primaryKey() })
const seats = pgTable(
  'seats',
  {
    room: integer('room').references(() => rooms.no, { onDelete: 'set null' }),
    no: integer('no'),
    beside: integer('beside'),
    nextRoom: integer('next_room'),
  },
  (table) => [
    foreignKey({
      name: 'seats_beside',
      columns: [table.nextRoom, table.beside],
      foreignColumns: [table.room, table.no],
    }),
  ],
)
const tables = `create schema "House"; create table "House".rooms (no integer primary key); create table other (no integer primary key);`
const columns = 'room integer, no integer, beside integer, next_room integer, unique (room, no)'

clinic(driftForeignKeyMissing, [
  {
    name: 'references that nobody watches',
    declared: [rooms, seats],
    broken: `${tables} create table seats (${columns}, foreign key (room) references other, foreign key (beside, next_room) references seats (room, no))`,
    sound: `${tables} create table seats (${columns}, constraint a foreign key (room) references "House".rooms);
            alter table seats add constraint b foreign key (beside, next_room) references seats (no, room) not valid`,
    objects: ['seats.seats_room_rooms_no_fk', 'seats.seats_beside'],
  },
  {
    name: 'references of the file that nobody watches',
    engine: 'sqlite',
    declared: [rooms, seats],
    mends: false,
    broken: `create table "House_rooms" (no integer primary key); create table seats (${columns}, foreign key (next_room, beside) references seats (room, no))`,
    sound: `create table "House_rooms" (no integer primary key);
            create table seats (${columns}, foreign key (room) references "House_rooms", foreign key (next_room, beside) references seats (room, no))`,
    objects: ['seats.seats_room_rooms_no_fk'],
  },
])
