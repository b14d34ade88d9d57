/** The ledger's version; an older one is upgraded step by step, a newer one is refused. */
export const ledgerVersion = 2

/** What brings the ledger from version n to n + 1: one statement list a step. */
export const ledgerSteps: readonly string[] = [
  `create schema if not exists carryover;
   create table carryover.meta (version int not null);
   insert into carryover.meta values (1);
   create table carryover.runs (
     id            bigint primary key,
     command       text not null,
     status        text not null,
     exit_code     int,
     started_at    timestamptz not null,
     finished_at   timestamptz,
     tool_version  text not null,
     pipelines     jsonb not null,
     host          text not null,
     os_user       text not null,
     deployment    text,
     commit_sha    text,
     -- Hash of everything that says how records are mapped.
     definitions   text,
     -- The run that this one took back, and the one that took this one back.
     undoes        bigint,
     undone_by     bigint,
     summary       jsonb
   );
   create table carryover.lease (
     id            int primary key check (id = 1),
     token         text not null,
     run_id        bigint,
     command       text not null,
     host          text not null,
     os_user       text not null,
     process_id    int not null,
     backend_pid   int,
     deployment    text,
     acquired_at   timestamptz not null,
     heartbeat_at  timestamptz not null
   );
   create table carryover.records (
     pipeline      text not null,
     legacy_key    text not null,
     target        text not null,
     row_key       text not null,
     -- Of the mapped record; after a blank, what stands for the record as the source had it, and for its enum values.
     fingerprint   text not null,
     role          text not null check (role in ('owner', 'alias', 'deleted', 'removed', 'stub')),
     run_id        bigint not null,
     -- Which of its run's statements wrote the entry: what is taken back goes the other way round.
     step          bigint not null default 0,
     parent_key    text,
     made          boolean not null,
     applied       text,
     primary key (pipeline, legacy_key)
   );
   create table carryover.journal (
     run_id        bigint not null,
     step          bigint not null,
     pipeline      text not null,
     -- Null for a row alone, which no entry of the ledger goes with.
     legacy_key    text,
     action        text not null check (action in ('insert', 'update', 'delete', 'link')),
     target        text not null,
     row_key       text not null,
     -- What the row held before: the columns that were written, of a deleted row all of them.
     before        jsonb,
     -- What the ledger had of the legacy key before; null for nothing.
     entry         jsonb
   );
   create index journal_run on carryover.journal (run_id, step);
   create index journal_row on carryover.journal (target, row_key);
   create index records_row on carryover.records (row_key, pipeline);
   create index records_parent on carryover.records (pipeline, parent_key) where parent_key is not null;
   create table carryover.rejects (
     id            text primary key,
     run_id        bigint not null,
     pipeline      text not null,
     ordinal       bigint not null,
     legacy_key    text,
     place         text not null,
     code          text not null,
     column_name   text,
     message       text not null,
     -- Text, since jsonb takes no lone surrogate and no NUL.
     record        text,
     surroundings  text,
     copy          text not null check (copy in ('exact', 'partial', 'none')),
     closed_run_id bigint
   );
   create index rejects_open on carryover.rejects (pipeline) where closed_run_id is null`,
  `-- What lets a later run of its pipelines skip what is as it was; and whose rows have moved in it.
   alter table carryover.runs add column short_cuts jsonb not null default '{}', add column moved jsonb not null default '{}';
   create table carryover.enum_notes (
     pipeline      text not null,
     id            text not null,
     notes         text not null,
     primary key (pipeline, id)
   );
   update carryover.meta set version = 2`,
]
