import type { SurveyedConnection } from '../../survey.js'
import type { Session } from '../session.js'

/** How the server is reached, and as whom. */
export async function readConnection(session: Session): Promise<SurveyedConnection> {
  const [row] = await session.query(
    `select current_user::text                                                      as role,
            (select rolsuper from pg_roles where rolname = current_user)::text       as is_superuser,
            coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)::text as is_encrypted,
            (inet_client_addr() is null or inet_client_addr() = inet_server_addr()
             or family(inet_client_addr()) = 4 and inet_client_addr() << '127.0.0.0/8'
             or inet_client_addr() = '::1')::text                                   as is_local,
            pg_backend_pid()::text                                                  as pid`,
  )
  return {
    role: row?.['role'] ?? null,
    isSuperuser: row?.['is_superuser'] === 'true',
    isPlain: row?.['is_encrypted'] !== 'true' && row?.['is_local'] !== 'true',
    // As for the lock of a run: a pooler announces a process of its own.
    isPooled: row?.['pid'] !== String(session.announcedPid()),
  }
}
