import { expect, test } from 'vitest'
import { foreignKeyWithoutIndex } from '../../../src/doctor/checks/foreign-key-without-index.js'
import { clinic, ward } from '../clinic.js'

const teams = `create table teams (id integer primary key, tenant integer, no integer, unique (tenant, no));`

clinic(foreignKeyWithoutIndex, [
  {
    name: 'a foreign key without an index',
    broken: `${teams} create table users (id integer primary key, team_id integer references teams);
             create index users_team_id_idx on users (id, team_id)`,
    sound: `${teams} create table users (id integer primary key, team_id integer references teams); create index on users (team_id, id);
            create table seats (team integer references teams, no integer, primary key (team, no));
            create table heads (id integer primary key, team integer unique references teams);
            create table guests (team integer references teams); create index on guests (team) where team is not null;
            create table hosts (team integer references teams); create index on hosts using hash (team)`,
    objects: ['users_team_id_fkey'],
  },
  {
    name: 'an index that is partial, over an expression, of another kind, or that failed',
    broken: `${teams} create table users (id integer primary key, team_id integer references teams, gone boolean, "Other" integer references teams);
             create index on users (team_id) where not gone; create index on users ((team_id + 0)); create index on users using brin (team_id);
             update pg_index set indisvalid = false where indexrelid = 'users_expr_idx'::regclass;
             create index "users_Other_idx" on users (gone)`,
    sound: `${teams} create table users (id integer primary key, team_id integer); create index on users (id)`,
    objects: ['users.users_Other_fkey', 'users_team_id_fkey'].map((name) => name.replace('users.', '')),
  },
  {
    name: 'a composite key, whose index serves one that it begins with',
    broken: `create schema billing; ${teams}
             create table billing.users (tenant integer, no integer, constraint to_team foreign key (tenant, no) references teams (tenant, no),
                                         constraint to_tenant foreign key (tenant) references teams (id))`,
    sound:
      `${teams} create table users (tenant integer, no integer, foreign key (tenant, no) references teams (tenant, no));
            create index on users (no, tenant, ctid) where no is not null and tenant is not null`.replace(
        ', ctid',
        '',
      ),
    objects: ['billing.users.to_team'],
  },
  {
    name: 'two keys over one column, one to a partitioned table',
    broken: `create table days (day date primary key) partition by range (day);
             create table days_1 partition of days for values from ('2024-01-01') to ('2025-01-01');
             create table days_2 partition of days for values from ('2025-01-01') to ('2026-01-01');
             create table old (day date primary key); create table visits (day date references days references old)`,
    sound: `create table days (day date primary key) partition by range (day); create table visits (day date references days);
            create index on visits (day)`,
    objects: ['visits_day_fkey'],
  },
  {
    name: 'a foreign key of SQLite without an index',
    engine: 'sqlite',
    broken: `${teams} create table users (id integer primary key, team_id integer references teams); create index users_team_id_idx on teams (no)`,
    sound: `${teams} create table users (id integer primary key references teams, Team_id integer references teams, tenant integer, no integer,
                                         foreign key (TEAM_ID) references teams, foreign key (no, tenant) references teams (no, tenant));
            create index a on users (team_id) where "team_id" is not null; create index b on users (tenant, no)`,
    objects: ['users_team_id_fkey'],
  },
])

test('the index has a name that is free and fits', async () => {
  const { execute, examine } = await ward()
  const long = 'l'.repeat(60)
  await execute(`${teams} create table users (team_id integer references teams); create index users_team_id_idx on teams (no);
                 create table ${long} (team_id integer references teams, team_ids integer references teams)`)
  const names = (await examine(foreignKeyWithoutIndex)).map(({ sql }) => sql?.[0]?.split(' ')[2] ?? '')
  expect(new Set(names)).toEqual(
    new Set([`${'l'.repeat(50)}_team_ids_idx`, `${'l'.repeat(51)}_team_id_idx`, 'users_team_id_idx1']),
  )
})
