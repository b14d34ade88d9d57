import { expect, test } from 'vitest'
import { foreignKeyCycle } from '../../../src/doctor/checks/foreign-key-cycle.js'
import { clinic, ward } from '../clinic.js'

const three = (last: string) => `
  create table a (id integer primary key); create table b (id integer primary key, a integer not null references a);
  create table c (id integer primary key, b integer not null references b); alter table a add c integer ${last} references c`

clinic(foreignKeyCycle, [
  {
    name: 'a circle of three tables, and one of two beside it',
    broken: `${three('not null')};
             create table "X" (id integer primary key); create table y (id integer primary key, x integer not null references "X");
             alter table "X" add y integer not null references y, add old integer not null references y`,
    sound: `${three('not null').replace(/ add c .*/, ' add c integer not null')};
            alter table a add parent integer references a; alter table a add foreign key (c) references c deferrable`,
    objects: ['X → y', 'a → b → c'],
  },
  {
    name: 'a table every row of which refers to another',
    broken: `create table nodes (tenant integer, id integer, parent integer not null, primary key (tenant, id),
                                 foreign key (tenant, parent) references nodes (tenant, id))`,
    sound: `create table nodes (tenant integer, id integer, parent integer, primary key (tenant, id),
                                foreign key (tenant, parent) references nodes (tenant, id))`,
    objects: ['nodes'],
  },
  {
    name: 'a circle of SQLite',
    engine: 'sqlite',
    broken: `create table a (id integer primary key, b integer not null references b);
             create table b (id integer primary key, a integer not null references a)`,
    sound: `create table a (id integer primary key, b integer not null references b deferrable initially deferred, up integer references a);
            create table b (id integer primary key, a integer not null references a)`,
    objects: ['a → b'],
    mends: false,
  },
])

test('a circle that a null opens is only told', async () => {
  const { execute, examine } = await ward()
  await execute(three(''))
  expect(await examine(foreignKeyCycle)).toMatchObject([{ object: 'a → b → c', severity: 'info' }])
})

test('the key that opens every circle is the one to put off', async () => {
  const { execute, examine } = await ward()
  await execute(`${three('not null')}; alter table b add c integer not null references c`)
  expect((await examine(foreignKeyCycle))[0]?.sql).toEqual([
    'ALTER TABLE c ALTER CONSTRAINT c_b_fkey DEFERRABLE INITIALLY DEFERRED;',
  ])
})

test('what is told to be locked is what is locked', async () => {
  const { execute, examine } = await ward()
  await execute(three('not null'))
  const [found] = await examine(foreignKeyCycle)
  expect(found?.locks).toBe('ACCESS EXCLUSIVE on a, for an instant')
  await expect(
    execute(`begin; ${(found?.sql ?? []).join('\n')}
    do $$ declare held text; begin
      select string_agg(relation::regclass || ' ' || mode, ', ' order by 1) into held from pg_locks
       where pid = pg_backend_pid() and relation in ('a'::regclass, 'b'::regclass, 'c'::regclass);
      if held <> 'a AccessExclusiveLock' then raise 'held: %', held; end if;
    end $$; rollback`),
  ).resolves.toBeUndefined()
})
