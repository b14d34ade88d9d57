import { expect, test } from 'vitest'
import { nameGenerated } from '../../../src/doctor/checks/name-generated.js'
import { clinic, ward } from '../clinic.js'

const hash = '96aac72f1574b88752e9fb00089'

clinic(nameGenerated, [
  {
    name: 'names with a number of Postgres behind',
    broken: `create table teams (id integer primary key);
             create table users (id integer primary key, email text, age integer, size integer, team_id integer references teams,
                                 constraint users_check1 check (age < size), constraint users_age_check2 check (age > 0),
                                 constraint users_team_id_fkey1 foreign key (team_id) references teams);
             alter table users drop constraint users_team_id_fkey;
             create unique index users_email_idx1 on users (lower(email)); alter table users add constraint users_size_key1 unique (size)`,
    sound: `create table teams (id integer primary key, address1 text unique, check (id > 0), check (id > 0 or address1 <> ''));
            create table users (id integer primary key, email2 text unique, team_id integer references teams, level1 integer,
                                constraint users_level1 check (level1 > 0), constraint fk_user_team_2024 foreign key (team_id) references teams,
                                constraint users_email_unique unique (level1), constraint idx_is_positive check (id > 0),
                                constraint fk_organization_membership_of_2024 check (id > 0));
            create index idx_users on users (id); create index on users (team_id)`,
    objects: [
      'users_team_id_fkey1',
      'users_age_check2',
      'users_check1',
      'users_email_idx1',
      'users_size_key1',
    ],
  },
  {
    name: 'hashes and numbers of other machines, in another schema',
    broken: `create schema "Old"; create table "Old"."User" (id integer constraint "PK_${hash}" primary key,
                                  team integer constraint "FK_${hash}" references "Old"."User", mail text constraint uk_6dotkott2kjsp8vw4d0m25fb7 unique,
                                  code text constraint sys_c0012345 check (code <> ''), a integer, constraint user_ibfk_1 foreign key (a) references "Old"."User");
             create index "IDX_${hash}" on "Old"."User" (mail, code); create index idx_16385_a on "Old"."User" (a)`,
    sound: `create table users (id integer primary key, mail text constraint uk_mail unique); create index fk_cafe on users (mail)`,
    objects: [
      `Old.User.FK_${hash}`,
      'Old.User.user_ibfk_1',
      'Old.User.sys_c0012345',
      `Old.User.IDX_${hash}`,
      `Old.User.PK_${hash}`,
      'Old.User.idx_16385_a',
      'Old.User.uk_6dotkott2kjsp8vw4d0m25fb7',
    ],
  },
  {
    name: 'a number that tells two of a kind apart',
    broken: `create table users (id integer primary key, email text unique); create unique index users_email_key1 on users (email);
             alter table users add constraint users_email_key1_ unique (id); alter table users add constraint users_email_key2 unique using index users_email_key1`,
    sound: `create table users (id integer primary key, email text unique)`,
    objects: ['users_email_key2'],
    mends: false,
  },
])

test('the new name is the one that Postgres gives', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (id integer constraint "PK_${hash}" primary key, email text);
                 create index "IDX_${hash}" on users (email)`)
  expect((await examine(nameGenerated)).flatMap(({ sql }) => sql)).toEqual([
    `ALTER INDEX "IDX_${hash}" RENAME TO users_email_idx;`,
    `ALTER TABLE users RENAME CONSTRAINT "PK_${hash}" TO users_pkey;`,
  ])
})
