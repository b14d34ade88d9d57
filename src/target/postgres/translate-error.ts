import type { DatabaseError } from 'pg'
import { TargetError } from '../../errors.js'
import type { Failure } from '../writes.js'

/** An error of the server with the facts of its SQLSTATE, and none of the row values that its detail may hold. */
export class ServerError extends TargetError {
  readonly sqlState: string
  readonly constraint: string | undefined
  readonly column: string | undefined

  constructor(error: DatabaseError) {
    const sqlState = error.code ?? 'XX000'
    super(codeOf(sqlState), messageOf(error), { retryable: passes(sqlState), ...hintOf(sqlState) })
    this.sqlState = sqlState
    this.constraint = error.constraint
    this.column = error.column
  }
}

/** The connection is gone, and with it the transaction that was open. */
export function connectionLost(): TargetError {
  return translateError(new Error('it was closed'))
}

/** True when the connection is not to be used any more. */
export function isLoss(error: TargetError): boolean {
  return error.code === 'database.connection'
}

/** What the driver threw, as a `TargetError`. */
export function translateError(error: unknown): TargetError {
  if (error instanceof TargetError) return error
  if (isDatabaseError(error)) return new ServerError(error)
  const { code, message } = error as { code?: string; message?: string }
  const refusal = tlsRefusal(code, message)
  if (refusal !== undefined)
    return new TargetError(refusal.code, refusal.message, { ...refusal, cause: error })
  return new TargetError(
    'database.connection',
    `The connection to Postgres failed: ${code ?? message ?? 'unknown'}.`,
    {
      retryable: true,
      hint: connectionHint(code),
      cause: error,
    },
  )
}

/**
 * The code of a failed record.
 * Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
 */
export function failureCode(sqlState: string): Failure['code'] {
  switch (sqlState) {
    case '23505':
    case '23P01':
      return 'unique_conflict'
    case '23502':
      return 'not_null'
    case '23514':
    case '44000':
      return 'check'
    case '23503':
    case '23001':
      return 'foreign_key'
    case '22001':
      return 'too_long'
    case '22003':
    case '22008':
      return 'out_of_range'
    case '22P02':
    case '22007':
    case '22P03':
    case '42804':
      return 'type'
    default:
      return 'database'
  }
}

/** The server ends the connection, or does not take it yet: class 08, 57P (shutdown, start, idle), 25P (idle or long transaction). */
function endsConnection(sqlState: string): boolean {
  return /^08|^57P0[1235]$|^25P0[34]$/.test(sqlState)
}

/** True for what is worth another try: the connection, class 40 (rollback), 55P03 (lock), 53 (resources) but a full disk. */
function passes(sqlState: string): boolean {
  return endsConnection(sqlState) || /^40|^53[023]|^55P03$/.test(sqlState)
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error && 'code' in error
}

function codeOf(sqlState: string): string {
  if (sqlState === '28P01' || sqlState === '28000') return 'database.login'
  if (sqlState === '3D000') return 'database.unknown'
  if (sqlState === '55P03') return 'database.lock_timeout'
  if (sqlState === '57014') return 'database.statement_timeout'
  if (sqlState === '42501') return 'database.permission'
  if (endsConnection(sqlState)) return 'database.connection'
  if (sqlState === '53100') return 'database.full'
  return 'database.error'
}

/** A server that speaks no TLS, or whose certificate is not what `sslmode` asks for. Neither passes. */
function tlsRefusal(
  code: string | undefined,
  message: string | undefined,
): { code: string; message: string; hint: string } | undefined {
  if (message === 'The server does not support SSL connections') {
    return {
      code: 'database.no_tls',
      message: 'The server does not speak TLS, which sslmode asks for.',
      hint: 'Turn TLS on in the server, or take sslmode out of the database URL where the network is your own.',
    }
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      code: 'database.certificate',
      message: 'The certificate of the server is for another host than that of the database URL.',
      hint: 'Use the name that the certificate has. sslmode=verify-ca checks who signed it and not the host.',
    }
  }
  if (code === undefined || !/CERT|SIGNATURE|^ERR_(SSL|OSSL|TLS)/.test(code)) return undefined
  return {
    code: 'database.certificate',
    message: `TLS with the server failed: ${code}.`,
    hint: 'Name the certificate of who signed that of the server with --ssl-ca; for client certificates see sslcert and sslkey.',
  }
}

/** Classes of SQLSTATE whose messages speak of the schema, the login and the server itself, and never of data. */
const ofTheServer = /^(0A|08|25|28|3D|3F|40|42|53|54|55|57|58|XX)/
/** Classes in which the server itself says which table, column or constraint. What a function raises may hold anything there. */
const withNames = /^(22|23|42|44)/

function messageOf(error: DatabaseError): string {
  const sqlState = error.code ?? 'XX000'
  const names = [
    error.table && `table ${error.table}`,
    error.column && `column ${error.column}`,
    error.constraint && `constraint ${error.constraint}`,
  ].filter(Boolean)
  const facts = [sqlState, ...(withNames.test(sqlState) && names.length > 0 ? [names.join(', ')] : [])].join(
    '; ',
  )
  return ofTheServer.test(sqlState)
    ? `Postgres: ${error.message} (${facts}).`
    : `Postgres refused a value (${facts}).`
}

function hintOf(sqlState: string): { hint?: string } {
  switch (sqlState) {
    case '28P01':
    case '28000':
      return { hint: 'Check user and password in the database URL.' }
    case '3D000':
      return { hint: 'Check the database name at the end of the database URL, or create the database.' }
    case '42501':
      return { hint: 'Grant the role of the database URL what the statement needs.' }
    case '53100':
      return { hint: 'The disk of the server is full: free space on it and run again.' }
    case '55P03':
      return {
        hint: 'Somebody holds a lock on a table of the import; raise --lock-timeout or look in pg_locks.',
      }
    case '57014':
      return { hint: 'The statement took longer than the statement time-out allows.' }
    default:
      return {}
  }
}

function connectionHint(code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'Is the server running, and are host and port of the database URL right?'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host of the database URL is not known here. A *.railway.internal host is reachable from inside only: use DATABASE_PUBLIC_URL from outside.'
    case 'ETIMEDOUT':
      return 'The host does not answer: a firewall, or the wrong address?'
    case undefined:
      return 'The server did not answer in time, or closed the connection. How long to wait: `timeouts.connectMs`.'
    default:
      return 'Check that the server is up and that the database URL is right.'
  }
}
