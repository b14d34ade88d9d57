/**
 * The condition that keeps a schema `n` in a survey: not the server's, not carryover's or drizzle's own, not one of another session.
 * @param parameter that of the chosen schemas, `$1`; an empty list chooses all
 */
export function isSurveyed(parameter: string): string {
  return `(case when cardinality(${parameter}::text[]) > 0 then n.nspname = any (${parameter}::text[])
                else n.nspname not in ('pg_catalog', 'information_schema', 'carryover', 'drizzle')
                     and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp\\_%' end)`
}

/** The condition that leaves out what an extension has brought along. @param object `c.oid`, of the catalogue `pg_class` */
export function isOwn(object: string, catalogue: 'pg_class' | 'pg_type'): string {
  return `not exists (select from pg_depend e
                       where e.classid = '${catalogue}'::regclass and e.objid = ${object} and e.deptype = 'e')`
}

/** What people call an object of schema `n`: `users`, `billing.users`. @param isVisible SQL, true when the schema is on the search path */
export function calledSql(name: string, isVisible: string): string {
  return `case when ${isVisible} then ${name} else n.nspname || '.' || ${name} end`
}

/** The same, quoted for statements. */
export function quotedSql(name: string, isVisible: string): string {
  return `case when ${isVisible} then quote_ident(${name}) else quote_ident(n.nspname) || '.' || quote_ident(${name}) end`
}
