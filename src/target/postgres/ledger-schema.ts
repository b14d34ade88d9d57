/** The ledger's version; an older one is upgraded step by step, a newer one is refused. */
export const ledgerVersion = 1

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
     summary       jsonb
   );
   create table carryover.records (
     pipeline      text not null,
     legacy_key    text not null,
     target        text not null,
     row_key       text not null,
     fingerprint   text not null,
     role          text not null check (role in ('owner', 'alias', 'deleted', 'removed', 'stub')),
     run_id        bigint not null,
     parent_key    text,
     made          boolean not null,
     applied       text,
     primary key (pipeline, legacy_key)
   );
   create index records_row on carryover.records (pipeline, row_key);
   create index records_parent on carryover.records (pipeline, parent_key) where parent_key is not null;
   create table carryover.rejects (
     id            text primary key,
     run_id        bigint not null,
     pipeline      text not null,
     legacy_key    text,
     place         text not null,
     code          text not null,
     column_name   text,
     message       text not null,
     record        text,
     closed_run_id bigint
   );
   create index rejects_open on carryover.rejects (pipeline) where closed_run_id is null`,
]
