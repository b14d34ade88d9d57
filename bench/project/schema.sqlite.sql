create table teams (
  id   text primary key,
  slug text not null constraint teams_slug_unique unique
) strict;
create table members (
  id        text primary key,
  email     text not null constraint members_email_unique unique,
  handle    text not null constraint members_handle_unique unique,
  name      text not null,
  team_id   text constraint members_team_id_teams_id_fk references teams (id),
  score     integer not null,
  joined_at text not null,
  profile   text not null check (json_valid(profile))
) strict;
