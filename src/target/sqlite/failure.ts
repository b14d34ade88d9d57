import Database from 'better-sqlite3'
import type { Failure } from '../writes.js'
import type { TargetTable, UniqueKey } from '../table.js'
import { quoteName } from './quote.js'
import { readTypeCheckName } from './type-check.js'

/** Why one record was refused. */
export type Refusal = Omit<Failure, 'ordinal'>

/**
 * What SQLite has against one record, `undefined` when the error is about more than the record. Names stand in the message
 * alone (`UNIQUE constraint failed: users.tenant, users.no`); a foreign key has none.
 *
 * Source: https://sqlite.org/rescode.html
 */
export function readRefusal(error: unknown, table: TargetTable): Refusal | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined
  const subject = /failed: (.*)$/s.exec(error.message)?.[1] ?? ''
  switch (error.code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return { ...refusal('unique_conflict', error), constraint: keyNamed(table, subject)?.name }
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { ...refusal('not_null', error), column: columnNamed(subject) }
    case 'SQLITE_CONSTRAINT_CHECK':
      return brokenCheck(table, subject, error)
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return refusal('foreign_key', error)
    case 'SQLITE_CONSTRAINT_DATATYPE':
      return { ...refusal('type', error), column: columnNamed(error.message) }
    case 'SQLITE_MISMATCH':
      return refusal('type', error)
    case 'SQLITE_TOOBIG':
      return refusal('too_long', error)
    default:
      return /^SQLITE_(CONSTRAINT|ERROR|RANGE)/.test(error.code) ? refusal('database', error) : undefined
  }
}

function refusal(code: Failure['code'], error: { code: string }): Refusal {
  return { code, constraint: undefined, column: undefined, nativeCode: error.code }
}

/** `index 'users_email_lower'` for a key over expressions, `users.tenant, users.no` for one over columns. */
function keyNamed(table: TargetTable, subject: string): UniqueKey | undefined {
  const index = /^index '(.*)'$/s.exec(subject)?.[1]
  if (index !== undefined) {
    const prefix = table.name.includes('.') ? `${table.name.slice(0, table.name.indexOf('.'))}_` : ''
    return table.uniqueKeys.find((key) => key.name === index || prefix + key.name === index)
  }
  const parts = subject.split(', ').map((member) => quoteName(columnNamed(member)))
  return table.uniqueKeys.find((key) => key.parts.map(bare).join('\n') === parts.join('\n'))
}

/** `"slug" collate nocase` → `"slug"`. */
function bare(part: string): string {
  return part.replace(/ collate \w+$/, '')
}

/** `users.slug` → `slug`. */
function columnNamed(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1)
}

/** A check without a name is told by its text. */
function brokenCheck(table: TargetTable, subject: string, error: { code: string }): Refusal {
  const typeCheck = readTypeCheckName(subject, table.columns)
  if (typeCheck !== undefined) return { ...refusal(typeCheck.refusal, error), column: typeCheck.column }
  const check = table.checks.find(
    (candidate) => candidate.name === subject || candidate.expression === subject,
  )
  const column = check?.columns.length === 1 ? check.columns[0] : undefined
  return { ...refusal('check', error), constraint: check?.name, column }
}
