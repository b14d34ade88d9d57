import type { Check } from '../check.js'

/** A transaction pooler stands between. */
export const connectionPooled: Check = {
  code: 'connection.pooled',
  severity: 'info',
  why: 'What lives in a session (advisory locks, SET, prepared statements, temporary tables) leaks to others or is lost.',
  find: ({ survey: { connection } }) =>
    connection.isPooled
      ? [
          {
            object: 'connection',
            message: 'A transaction pooler stands between carryover and the server.',
            hint: 'Put the direct connection into DATABASE_UNPOOLED_URL or CARRYOVER_DATABASE_URL, which are taken before DATABASE_URL.',
          },
        ]
      : [],
}
