import type { SurveyedConnection } from '../../survey.js'
import type { Session, TextRow } from '../session.js'

/** How the server is reached, and as whom. */
export async function readConnection(session: Session): Promise<SurveyedConnection> {
  const [row] = await session.query(
    `select current_user::text                                                      as role,
            (select rolsuper from pg_roles where rolname = current_user)::text       as is_superuser,
            coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)::text as is_encrypted,
            (inet_client_addr() is null or inet_client_addr() = inet_server_addr()
             or family(inet_client_addr()) = 4 and inet_client_addr() << '127.0.0.0/8'
             or inet_client_addr() = '::1')::text                                   as is_local,
            pg_backend_pid()::text                                                  as pid,
            quote_ident(current_user)                                               as grantee,
            quote_ident(current_database())                                         as database,
            has_database_privilege(current_database(), 'create')::text              as may_create,
            (select has_schema_privilege(oid, 'usage') and not exists
                      (select from pg_class c where c.relnamespace = n.oid and c.relkind = 'r'
                          and not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                                   and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')))
               from pg_namespace n where nspname = 'carryover')::text               as may_keep`,
  )
  return {
    role: row?.['role'] ?? null,
    isSuperuser: row?.['is_superuser'] === 'true',
    isPlain: row?.['is_encrypted'] !== 'true' && row?.['is_local'] !== 'true',
    // As for the lock of a run: a pooler announces a process of its own.
    isPooled: row?.['pid'] !== String(session.announcedPid()),
    ledgerGrants: ledgerGrants(row ?? {}),
  }
}

/** A ledger that is there is written to; one that is not is made in a schema of its own. */
function ledgerGrants({
  grantee,
  database,
  may_create: mayCreate,
  may_keep: mayKeep = null,
}: TextRow): string[] {
  if (mayKeep === null)
    return mayCreate === 'true' ? [] : [`GRANT CREATE ON DATABASE ${database} TO ${grantee};`]
  if (mayKeep === 'true') return []
  return [
    `GRANT USAGE ON SCHEMA carryover TO ${grantee};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA carryover TO ${grantee};`,
  ]
}
