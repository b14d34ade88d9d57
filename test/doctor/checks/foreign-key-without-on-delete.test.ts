import { expect, test } from 'vitest'
import { foreignKeyWithoutOnDelete } from '../../../src/doctor/checks/foreign-key-without-on-delete.js'
import { clinic, ward } from '../clinic.js'

const teams = `create table teams (id integer primary key, tenant integer, no integer, unique (tenant, no));`

clinic(foreignKeyWithoutOnDelete, [
  {
    name: 'a foreign key that leaves it open',
    broken: `${teams} create table users (team_id integer references teams)`,
    sound: `${teams} create table users (team_id integer references teams on delete restrict, a integer references teams on delete cascade,
                                         b integer references teams on delete set null, c integer references teams on delete set default)`,
    objects: ['users_team_id_fkey'],
  },
  {
    name: 'keys that say other things, in a table whose name needs quotes',
    broken: `${teams} create table "Users" (b integer, c integer, d integer,
               constraint " NOT VALID" foreign key (b, c) references teams (tenant, no) match full not deferrable);
             insert into "Users" (d) values (7); alter table "Users" add constraint d foreign key (d) references teams not valid;
             alter table "Users" add a integer references teams on update cascade deferrable initially deferred`,
    sound: teams,
    objects: ['Users. NOT VALID', 'Users_a_fkey', 'Users.d'],
  },
  {
    name: 'a key of a partitioned table',
    broken: `${teams} create table days (day date, team integer references teams) partition by range (day);
             create table days_1 partition of days for values from ('2024-01-01') to ('2025-01-01')`,
    sound: `${teams} create table days (day date, team integer references teams on delete cascade) partition by range (day);
            create table days_1 partition of days for values from ('2024-01-01') to ('2025-01-01')`,
    objects: ['days_team_fkey'],
  },
  {
    name: 'a foreign key of SQLite that leaves it open',
    engine: 'sqlite',
    broken: `${teams} create table users (team_id integer references teams on update cascade)`,
    sound: `${teams} create table users (team_id integer references teams on delete cascade)`,
    objects: ['users_team_id_fkey'],
    mends: false,
  },
])

test('what else the key says is kept', async () => {
  const { execute, examine } = await ward()
  await execute(
    `${teams} create table users (a integer references teams on update cascade deferrable initially deferred)`,
  )
  const [found] = await examine(foreignKeyWithoutOnDelete)
  expect(found?.sql).toEqual([
    'ALTER TABLE users DROP CONSTRAINT users_a_fkey;',
    'ALTER TABLE users ADD CONSTRAINT users_a_fkey FOREIGN KEY (a) REFERENCES teams(id) ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED NOT VALID;',
    'ALTER TABLE users VALIDATE CONSTRAINT users_a_fkey;',
  ])
})
