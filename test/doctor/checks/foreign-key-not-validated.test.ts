import { expect, test } from 'vitest'
import { foreignKeyNotValidated } from '../../../src/doctor/checks/foreign-key-not-validated.js'
import { clinic, ward } from '../clinic.js'

const tables = `create table teams (id integer primary key); create table users (id integer primary key, "Team" integer)`

clinic(foreignKeyNotValidated, [
  {
    name: 'a key that was added without a look at the rows',
    broken: `${tables}; alter table users add constraint "users Team" foreign key ("Team") references teams not valid`,
    sound: `${tables}; alter table users add foreign key ("Team") references teams;
            alter table users add constraint users_id check (id > 0) not valid;
            create table parts (id integer primary key) partition by list (id); create table parts_1 partition of parts for values in (1);
            create table pieces (part integer references parts)`,
    objects: ['users Team'],
  },
])

test('SQLite enforces no key by itself, which is no finding', async () => {
  const { execute, examine } = await ward('sqlite')
  await execute(
    'create table teams (id integer primary key); create table users (team integer references teams)',
  )
  expect(await examine(foreignKeyNotValidated)).toEqual([])
})

test('a key that is not enforced at all cannot be validated', async () => {
  const { execute, examine } = await ward()
  await execute(`${tables}; do $$ begin
    if current_setting('server_version_num')::integer >= 180000 then
      execute 'alter table users add foreign key ("Team") references teams not enforced';
    end if; end $$`)
  expect(await examine(foreignKeyNotValidated)).toEqual([])
})
