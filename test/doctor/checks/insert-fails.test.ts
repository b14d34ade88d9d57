import { expect, test } from 'vitest'
import { insertFails } from '../../../src/doctor/checks/insert-fails.js'
import { clinic, ward } from '../clinic.js'
import { roleWard } from '../role-ward.js'

const access = { rehearsal: true }

clinic(insertFails, [
  {
    name: 'an integer key that nothing fills, empty or not',
    access,
    broken: `create table visits (id integer primary key, note text not null);
             create table calls (id bigint primary key, kind text); insert into calls values (4, 'x')`,
    sound: `create table visits (id serial primary key, note text not null);
            create table calls (id bigint generated always as identity primary key, kind text); insert into calls (kind) values ('x')`,
    objects: ['calls', 'visits'],
  },
  {
    name: 'a trigger that does not run, and a default that does not',
    access,
    mends: false,
    broken: `create function stamp() returns trigger language plpgsql as $$ begin new.nothing := now(); return new; end $$;
             create function number() returns integer language plpgsql as $$ begin return (select no from nowhere); end $$;
             create table notes (id uuid primary key); create trigger stamp before insert on notes for each row execute function stamp();
             create table posts (id uuid primary key, no integer not null default number());
             create sequence few maxvalue 2; select setval('few', 2); create table last (id bigint primary key default nextval('few'))`,
    sound: `create function stamp() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
            create table notes (id integer primary key, at timestamptz); create trigger stamp before insert on notes for each row execute function stamp();
            create function numbered() returns trigger language plpgsql as $$ begin new.id := 1; return new; end $$;
            create trigger numbered before insert on notes for each row execute function numbered()`,
    objects: ['last', 'notes', 'posts'],
  },
  {
    name: 'nothing where only the made-up values are wrong',
    access,
    mends: false,
    broken: `create table visits (id integer primary key)`,
    sound: `create table teams (id uuid primary key);
            create type mood as enum ('glad'); create domain level as integer not null check (value > 7);
            create table people (id uuid primary key, team uuid not null references teams, age integer not null check (age > 18),
                                 no text not null check (no ~ '^[A-Z]{3}$'), mood mood not null, level level, tags text[] not null,
                                 host inet not null, span int4range not null, code bit(3) not null, at timestamp(3) not null);
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no such number'; end $$;
            create table calls (no text primary key); create trigger refuse before insert on calls for each row execute function refuse();
            create table filled (no text primary key, other text unique); insert into filled values ('a', 'b');
            create table parts (no integer not null, at date not null) partition by list (no);
            create table computed (no integer not null, twice integer generated always as (no * 2) stored)`,
    objects: ['visits'],
  },
  {
    name: 'a key of SQLite that nothing fills, and a trigger that writes to a table which is gone',
    engine: 'sqlite',
    access,
    mends: false,
    broken: `create table visits (id bigint primary key not null, note text); insert into visits values (1, 'a');
             create table notes (id integer primary key, note text);
             create trigger noted after insert on notes begin insert into nowhere values (new.id); end;
             create table pages (id integer primary key, book integer references books (id))`,
    sound: `create table visits (id integer primary key, note text not null check (length(note) > 99), picture blob not null) strict;
            create table books (id integer primary key); create table pages (id integer primary key, book integer not null references books (id));
            create table kept (no text primary key); insert into kept values ('a');
            create table facts (id integer primary key, body text not null check (json_extract(body, '$.a') = 1));
            create table calls (id integer primary key, no text not null);
            create trigger refuse before insert on calls begin select raise(rollback, 'no such number'); end;
            create table other (id integer primary key, at text not null default (other_program()));
            create virtual table words using fts5(body)`,
    objects: ['notes', 'pages', 'visits'],
  },
])

test('says what the database said, that it was tried, and mends the key', async () => {
  const { execute, examine } = await ward()
  await execute(`create table "Visits" (id smallint primary key)`)
  const [found] = await examine(insertFails, { access })
  expect(found?.message).toBe(
    'An insert that leaves out what the database should fill was tried, and rolled back. Postgres refused a value (23502; table Visits, column id).',
  )
  expect(found?.sql?.[0]).toBe('CREATE SEQUENCE "Visits_id_seq" AS smallint OWNED BY "Visits".id;')
})

test.each(['postgres', 'sqlite'] as const)('leaves no row behind on %s', async (engine) => {
  const { execute, examine } = await ward(engine)
  const log = `insert into log values ('one')`
  await execute(`create table log (what text); create table people (id integer primary key ${engine === 'postgres' ? 'generated by default as identity' : ''}, name text);
    ${
      engine === 'postgres'
        ? `create function note() returns trigger language plpgsql as $$ begin ${log}; return new; end $$;
           create trigger note after insert on people for each row execute function note()`
        : `create trigger note after insert on people begin ${log}; end`
    }`)
  expect(await examine(insertFails, { access })).toEqual([])
  // Fails where a table has a row.
  const empty = `(select count(*) from log) + (select count(*) from people) = 0`
  await execute(
    engine === 'postgres'
      ? `do $$ begin assert ${empty}; end $$`
      : `create table proof (is_empty integer check (is_empty)); insert into proof select ${empty}`,
  )
})

test('as a role: a sequence that it may not use is a failure, what row security refuses or hides is none', async () => {
  const { role, query, asRole } = await roleWard()
  await query(`create table calls (id serial primary key); create table blind (no text not null);
    create table own (no text not null); alter table own enable row level security; create policy one on own using (no = 'mine');
    create table shut (no text not null); insert into blind values ('a');
    grant usage on schema public to ${role}; grant insert on calls, blind, own to ${role}; grant select on own to ${role}`)
  const found = await asRole(async ({ audit }) =>
    insertFails.find({ survey: await audit.survey([]), audit } as never),
  )
  expect(found.map(({ object, severity }) => [object, severity])).toEqual([
    ['calls', 'error'],
    ['shut', 'info'],
  ])
  expect(found[0]?.message).toContain('permission denied for sequence calls_id_seq')
})
