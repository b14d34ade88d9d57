create table teams (
  id   uuid primary key,
  slug text not null constraint teams_slug_unique unique
);
create table members (
  id        uuid primary key,
  email     text not null constraint members_email_unique unique,
  handle    text not null constraint members_handle_unique unique,
  name      text not null,
  team_id   uuid constraint members_team_id_teams_id_fk references teams (id),
  score     integer not null,
  joined_at timestamptz not null,
  profile   jsonb not null
);
