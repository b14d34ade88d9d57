import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { foreignKeyOrphans } from '../../../src/doctor/checks/foreign-key-orphans.js'
import { clinic, ward } from '../clinic.js'
import { roleWard } from '../role-ward.js'

const teams = pgTable('teams', { id: integer('id').primaryKey(), code: text('code') })
const users = pgTable('users', {
  id: integer('id').primaryKey(),
  team: integer('team').references(() => teams.id),
  code: uuid('code').references(() => teams.id),
})

clinic(foreignKeyOrphans, [
  {
    name: 'rows that a constraint never looked at',
    broken: `create table teams (id integer primary key); create table users (id integer primary key, "Team" integer);
             insert into users values (1, 7), (2, null), (3, 8);
             alter table users add constraint "users Team" foreign key ("Team") references teams not valid`,
    sound: `create table teams (id integer primary key); create table users (id integer primary key, "Team" integer, other integer references teams);
            insert into teams values (7); insert into users values (1, 7), (2, null);
            alter table users add constraint "users Team" foreign key ("Team") references teams not valid`,
    objects: ['users Team'],
  },
  {
    name: 'rows of a reference that the schema file alone has',
    declared: [teams, users],
    broken: `create table teams (id integer primary key); create table users (id integer primary key, team bigint, code text); insert into users values (1, 7, 'x')`,
    sound: `create table teams (id integer primary key); create table users (id integer primary key, team bigint, code text); insert into teams values (7); insert into users values (1, 7, 'x')`,
    objects: ['users_team_teams_id_fk'],
  },
  {
    name: 'rows that must not be null, or whose columns have another meaning',
    mends: false,
    broken: `create table teams (id integer, part integer, primary key (id, part)); create table parts (id integer primary key);
             create table users (id integer primary key, team integer, part integer references parts, constraint users_team foreign key (team, part) references teams);
             create table posts (team integer not null); alter table users drop constraint users_team; insert into parts values (1);
             insert into users values (1, 7, 1), (2, null, 1); insert into posts values (4);
             alter table users add constraint users_team foreign key (team, part) references teams not valid;
             alter table posts add constraint posts_team foreign key (team) references parts not valid`,
    sound: `create table teams (id integer, part integer, primary key (id, part));
            create table users (id integer primary key, team integer, part integer); insert into teams values (7, 1);
            insert into users values (1, 7, 1), (2, null, 1), (3, 9, null);
            alter table users add constraint users_team foreign key (team, part) references teams not valid`,
    objects: ['posts_team', 'users_team'],
  },
  {
    name: 'rows of SQLite, which enforces nothing by itself',
    engine: 'sqlite',
    broken: `pragma foreign_keys = off; create table teams (id integer primary key); create table users (id integer primary key, "Team" integer references teams); insert into users values (1, 7), (2, null)`,
    sound: `pragma foreign_keys = off; create table teams (id integer primary key); create table users (id integer primary key, "Team" integer references teams);
            insert into teams values (7); insert into users values (1, 7), (2, null); create table lost (id integer primary key, gone integer references nowhere (id)); insert into lost values (1, 1)`,
    objects: ['users_Team_fkey'],
  },
])

test('empties the columns that point nowhere, validates, and lists the rows', async () => {
  const { execute, examine } = await ward()
  await execute(`create table teams (id integer primary key); create table users (id integer primary key, team integer); insert into users values (1, 7), (2, 8);
    alter table users add constraint users_team foreign key (team) references teams not valid; insert into teams values (8)`)
  const [found] = await examine(foreignKeyOrphans)
  expect(found).toMatchObject({
    message: '1 row of users with team for which teams has no row.',
    sql: [
      'UPDATE users AS c SET team = NULL WHERE c.team IS NOT NULL AND NOT EXISTS (SELECT 1 FROM teams AS p WHERE p.id = c.team);',
      'ALTER TABLE users VALIDATE CONSTRAINT users_team;',
    ],
  })
  await execute(/SELECT c.*;$/.exec(found?.hint ?? '')?.[0] ?? 'no query')
  await execute(`begin; ${(found?.sql ?? []).join('\n')} commit`)
  await execute(`do $$ begin assert (select count(*) from users where team = 8) = 1; end $$`)
})

test('rows that row security hides, and tables that may not be read, are not taken for missing', async () => {
  const { role, query, asRole } = await roleWard()
  await query(`create table teams (id integer primary key); create table shut (id integer primary key); insert into teams values (1);
    alter table teams enable row level security; create table users (team integer, shut integer); insert into users values (1, null);
    alter table users add foreign key (team) references teams not valid; alter table users add foreign key (shut) references shut not valid;
    grant usage on schema public to ${role}; grant select on teams, users to ${role}`)
  const found = await asRole(async ({ audit }) =>
    foreignKeyOrphans.find({ survey: await audit.survey([]), audit, declared: [] } as never),
  )
  expect(found.map(({ object, message }) => [object, message])).toEqual([
    ['shut', `Not looked at: the role ${role} may not SELECT on shut.`],
  ])
})
