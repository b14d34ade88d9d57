import { expect, test } from 'vitest'
import { portableTypeCheck } from '../../../src/doctor/checks/portable-type.js'
import { clinic, ward } from '../clinic.js'

clinic(portableTypeCheck, [
  {
    name: 'types for which another does',
    broken: `create extension citext; create extension hstore; create schema s;
             create table s."Hosts" (id integer primary key, "Tags" text[] not null default '{}', email citext unique default 'a', extra hstore default '', ip inet,
                                     net cidr default '10.0.0.0/8', mac macaddr, doc xml, price money default 5, flags bit(3), span interval);
             create index on s."Hosts" using gin ("Tags"); create index on s."Hosts" (ip) where mac is not null;
             insert into s."Hosts" (id, ip, extra, "Tags", price) values (1, '10.0.0.1', 'a=>1', '{a,NULL}', 7)`,
    sound: `create type mood as enum ('ok'); create table hosts (id uuid primary key, email text, extra jsonb, ip varchar(45), at timestamptz, day date, moment time,
                                         price numeric(9, 2), mood mood, data bytea, score real, note char(3));
            create unique index on hosts (lower(email)) nulls not distinct where ip is not null`,
    objects: ['Tags', 'email', 'extra', 'ip', 'net', 'mac', 'doc', 'price', 'flags', 'span'].map(
      (name) => `s.Hosts.${name}`,
    ),
  },
  {
    name: 'types for which no other does, or that something holds',
    broken: `create extension citext; create domain mail as citext; create table a (during tstzrange, words tsvector, place point, mail mail, seat oid);
             create table b (ip inet primary key); create table c (ip inet references b, net cidr check (net << '10.0.0.0/8'), other inet);
             create index on c using gist (other inet_ops)`,
    sound: `create domain label as text; create table a (label label)`,
    objects: ['a.during', 'a.words', 'a.place', 'a.mail', 'a.seat', 'b.ip', 'c.ip', 'c.net', 'c.other'],
    mends: false,
  },
])

test('values stay what they were, and unique without regard to case', async () => {
  const { execute, examine } = await ward()
  await execute(`create extension citext; create extension hstore;
    create table hosts (email citext unique, ip inet, net inet, tags text[] default '{x}', extra hstore);
    insert into hosts values ('A', '10.0.0.1', '10.1.0.0/16', '{a,NULL}', 'a=>1')`)
  const sql = (await examine(portableTypeCheck)).flatMap((found) => found.sql ?? [])
  await expect(
    execute(`${sql.join('\n')} insert into hosts (email) values ('b');
    do $$ begin
      assert (select (ip, net, tags, extra) = ('10.0.0.1', '10.1.0.0/16', '["a", null]'::jsonb, '{"a": "1"}'::jsonb) from hosts where email = 'A');
      assert (select tags = '["x"]' from hosts where email = 'b');
      begin insert into hosts (email) values ('a'); raise 'taken twice'; exception when unique_violation then end;
    end $$`),
  ).resolves.toBeUndefined()
})

test('SQLite has nothing of the kind', async () => {
  const { execute, examine } = await ward('sqlite')
  await execute(`create table hosts (id any primary key, ip inet, tags)`)
  expect(await examine(portableTypeCheck)).toEqual([])
})
