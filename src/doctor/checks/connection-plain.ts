import type { Check } from '../check.js'

/** A connection that everybody on the way can read. */
export const connectionPlain: Check = {
  code: 'connection.plain',
  severity: 'warning',
  why: 'Whoever is on the way reads the rows, and may read the password.',
  find: ({ survey: { connection } }) =>
    connection.isPlain
      ? [
          {
            object: 'connection',
            message: 'The connection leads to another machine and is not encrypted.',
            hint: 'Add sslmode=verify-full to the database URL, with --ssl-ca for who signed the certificate of the server.',
          },
        ]
      : [],
}
