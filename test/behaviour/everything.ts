import type { Ground } from './ground.js'

/** All that the database holds, rows with their place on the disk, sequences with their next number. */
export async function everything(ground: Ground): Promise<Record<string, unknown>> {
  return ground.engine === 'sqlite' ? everythingInSqlite(ground) : everythingInPostgres(ground)
}

/** The same without the runs, of which every run adds one. */
export async function everythingButRuns(ground: Ground): Promise<Record<string, unknown>> {
  const held = await everything(ground)
  delete held[ground.ledger('runs')]
  return held
}

async function everythingInSqlite(ground: Ground): Promise<Record<string, unknown>> {
  const schema = await ground.query('select type, name, sql from sqlite_master order by name')
  const held: Record<string, unknown> = { schema }
  for (const { type, name } of schema) {
    if (type === 'table') held[name as string] = await ground.query(`select * from "${String(name)}"`)
  }
  return held
}

async function everythingInPostgres(ground: Ground): Promise<Record<string, unknown>> {
  const relations = await ground.query(
    `select c.oid::int as oid, c.relkind, n.nspname || '.' || c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      order by name`,
  )
  const schemas = await ground.query(`select nspname from pg_namespace order by 1`)
  const held: Record<string, unknown> = { relations, schemas }
  for (const { relkind, name } of relations) {
    if (relkind === 'r')
      held[name as string] = await ground.query(
        `select ctid::text, xmin::text, t::text from ${String(name)} t order by ctid`,
      )
    if (relkind === 'S')
      held[name as string] = await ground.query(`select last_value, is_called from ${String(name)}`)
  }
  return held
}
