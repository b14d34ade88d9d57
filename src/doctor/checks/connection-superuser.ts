import type { Check } from '../check.js'

/** A role that may do everything. */
export const connectionSuperuser: Check = {
  code: 'connection.superuser',
  severity: 'warning',
  why: 'No right, no row security and no limit of the server holds it, and a mistake or a leaked URL reaches every database.',
  find: ({ survey: { connection } }) =>
    connection.isSuperuser
      ? [
          {
            object: connection.role ?? 'connection',
            message: `The role ${connection.role ?? 'of the connection'} is a superuser.`,
            hint: 'Connect as a role that owns the tables and no more.',
          },
        ]
      : [],
}
