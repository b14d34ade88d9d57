import { TargetError } from '../../errors.js'
import { atomically } from './atomically.js'
import type { Connection } from './connection.js'

/** The ledger's version; an older one is upgraded step by step, a newer one is refused. */
const ledgerVersion = 2

/** What brings the ledger from version n to n + 1. */
const ledgerSteps: readonly string[] = [
  `create table carryover_meta (version integer not null) strict;
   create table carryover_runs (
     id            integer primary key,
     command       text not null,
     status        text not null,
     exit_code     integer,
     started_at    text not null,
     finished_at   text,
     tool_version  text not null,
     pipelines     text not null check (json_valid(pipelines)),
     host          text not null,
     os_user       text not null,
     deployment    text,
     commit_sha    text,
     -- Hash of everything that says how records are mapped.
     definitions   text,
     -- The run that this one took back, and the one that took this one back.
     undoes        integer,
     undone_by     integer,
     summary       text check (json_valid(summary))
   ) strict;
   create table carryover_lease (
     id            integer primary key check (id = 1),
     token         text not null,
     run_id        integer,
     command       text not null,
     host          text not null,
     os_user       text not null,
     process_id    integer not null,
     backend_pid   integer,
     deployment    text,
     acquired_at   text not null,
     heartbeat_at  text not null
   ) strict;
   create table carryover_records (
     pipeline      text not null,
     legacy_key    text not null,
     target        text not null,
     row_key       text not null,
     -- Of the mapped record; after a blank, what stands for the record as the source had it, and for its enum values.
     fingerprint   text not null,
     role          text not null check (role in ('owner', 'alias', 'deleted', 'removed', 'stub')),
     run_id        integer not null,
     -- Which of its run's statements wrote the entry: what is taken back goes the other way round.
     step          integer not null default 0,
     parent_key    text,
     made          integer not null,
     applied       text,
     primary key (pipeline, legacy_key)
   ) strict, without rowid;
   create table carryover_journal (
     run_id        integer not null,
     step          integer not null,
     pipeline      text not null,
     -- Null for a row alone, which no entry of the ledger goes with.
     legacy_key    text,
     action        text not null check (action in ('insert', 'update', 'delete', 'link')),
     target        text not null,
     row_key       text not null,
     -- What the row held before: the columns that were written, of a deleted row all of them.
     before        text check (json_valid(before)),
     -- What the ledger had of the legacy key before; null for nothing.
     entry         text check (json_valid(entry))
   ) strict;
   create index carryover_journal_run on carryover_journal (run_id, step);
   create index carryover_journal_row on carryover_journal (target, row_key);
   create index carryover_records_row on carryover_records (pipeline, row_key);
   create index carryover_records_parent on carryover_records (pipeline, parent_key) where parent_key is not null;
   create table carryover_rejects (
     id            text primary key,
     run_id        integer not null,
     pipeline      text not null,
     ordinal       integer not null,
     legacy_key    text,
     place         text not null,
     code          text not null,
     column_name   text,
     message       text not null,
     record        text,
     surroundings  text,
     copy          text not null check (copy in ('exact', 'partial', 'none')),
     closed_run_id integer
   ) strict;
   create index carryover_rejects_open on carryover_rejects (pipeline) where closed_run_id is null;
   insert into carryover_meta (version) values (1)`,
  `-- What lets a later run of its pipelines skip what is as it was; and whose rows have moved in it.
   alter table carryover_runs add column short_cuts text not null default '{}' check (json_valid(short_cuts));
   alter table carryover_runs add column moved text not null default '{}' check (json_valid(moved));
   create table carryover_enum_notes (
     pipeline      text not null,
     id            text not null,
     notes         text not null,
     primary key (pipeline, id)
   ) strict, without rowid;
   update carryover_meta set version = 2`,
]

/** The version of the ledger in this database, 0 when there is none. */
export function foundLedgerVersion(connection: Connection): number {
  const there = connection.get(`select 1 from sqlite_master where type = 'table' and name = 'carryover_meta'`)
  return there === undefined ? 0 : Number(connection.get('select version from carryover_meta')?.[0] ?? 0)
}

/**
 * Creates or upgrades the ledger; writes nothing when it is as it should be.
 * @throws TargetError `ledger.newer`
 */
export function prepareLedger(connection: Connection): void {
  if (isCurrent(connection)) return
  atomically(connection, () => {
    // Another process may have been here while this one waited for the lock.
    if (isCurrent(connection)) return
    for (const step of ledgerSteps.slice(foundLedgerVersion(connection))) connection.exec(step)
  })
}

function isCurrent(connection: Connection): boolean {
  const found = foundLedgerVersion(connection)
  if (found <= ledgerVersion) return found === ledgerVersion
  throw new TargetError(
    'ledger.newer',
    `The ledger in this database has version ${found}, this carryover knows ${ledgerVersion}.`,
    { hint: 'A newer carryover ran here: update the package before you run again.' },
  )
}
