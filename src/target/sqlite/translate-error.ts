import Database from 'better-sqlite3'
import { CarryoverError, TargetError } from '../../errors.js'

/** What stands behind a code of SQLite, https://sqlite.org/rescode.html, for the whole database. */
const KNOWN: readonly [pattern: RegExp, code: string, what: string, hint: string, retryable?: true][] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'database.busy',
    'is locked by another program',
    'Wait until it has written, or raise --lock-timeout.',
    true,
  ],
  [/^SQLITE_FULL/, 'database.full', 'cannot grow: the disk is full', 'Free space on the disk and run again.'],
  [
    /^SQLITE_READONLY/,
    'database.readonly',
    'cannot be written',
    'Check the permissions of the file and of its directory.',
  ],
  [
    /^SQLITE_CANTOPEN/,
    'database.cannot_open',
    'cannot be opened',
    'Check that the directory exists and that this user may write there.',
  ],
  [
    /^SQLITE_NOTADB/,
    'database.not_a_database',
    'is not a SQLite database',
    'Check the path in the database URL.',
  ],
  [/^SQLITE_CORRUPT/, 'database.corrupt', 'is damaged', 'Restore it from a backup.'],
  [
    /^SQLITE_IOERR/,
    'database.io',
    'cannot be read or written',
    'Check that there is space on the disk, and the file system it is on, and run again.',
  ],
]

/** What the driver threw as a `TargetError`; anything else as it is. Constraints are named, values are not. */
export function translateError(error: unknown, path: string): unknown {
  if (error instanceof CarryoverError || !(error instanceof Error)) return error
  if (!(error instanceof Database.SqliteError)) return isOpenFailure(error) ? cannotOpen(error, path) : error
  for (const [pattern, code, what, hint, retryable] of KNOWN) {
    if (pattern.test(error.code)) {
      return new TargetError(code, `The database ${path} ${what} (${error.code}).`, {
        hint,
        cause: error,
        retryable: retryable ?? false,
      })
    }
  }
  return new TargetError('database.error', `SQLite: ${messageOf(error)} (${error.code}).`, { cause: error })
}

/** A trigger composes its message freely: it may hold values. */
function messageOf(error: InstanceType<typeof Database.SqliteError>): string {
  return error.code === 'SQLITE_CONSTRAINT_TRIGGER' ? 'a trigger refused a statement' : error.message
}

function isOpenFailure(error: Error): boolean {
  return error instanceof TypeError && error.message.startsWith('Cannot open database')
}

function cannotOpen(cause: Error, path: string): TargetError {
  return new TargetError(
    'database.cannot_open',
    `The database ${path} cannot be opened: its directory does not exist.`,
    {
      hint: 'Create the directory, or check the path in the database URL.',
      cause,
    },
  )
}
