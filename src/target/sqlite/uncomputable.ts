import Database from 'better-sqlite3'
import type { Staged } from '../batch.js'
import type { Failure } from '../writes.js'
import { takesPart } from '../takes-part.js'
import type { Connection } from './connection.js'
import { recordAsTable, storeRow } from './stored-row.js'
import { isSymbol, isWord, tokensOf } from './tokens.js'

/** The expressions of a check or a key, and the columns they read. */
interface Judgement {
  readonly constraint: string
  readonly columns: readonly string[]
  readonly expressions: readonly string[]
}

/**
 * Records that a check or a key of the table cannot be computed of: text that is no JSON, a number that overflows. A type
 * that carryover has no rules for is text to SQLite, which takes any.
 */
export function uncomputable(connection: Connection, staged: Staged): Failure[] {
  const attempts = fallible(staged).map((judgement) => attemptOf(connection, staged, judgement))
  if (attempts.length === 0) return []
  return staged.rows.flatMap(({ ordinal, values }) => {
    for (const attempt of attempts) {
      const failure = attempt(values)
      if (failure !== undefined) return [{ ordinal, ...failure }]
    }
    return []
  })
}

function fallible({ table, columns }: Staged): Judgement[] {
  const checks = table.checks
    .filter((check) => check.columns.every((column) => columns.includes(column)))
    .map((check) => ({ constraint: check.name, columns: check.columns, expressions: [check.expression] }))
  const keys = table.uniqueKeys
    .filter((key) => takesPart(key, columns))
    .map((key) => ({
      constraint: key.name,
      columns: key.columns,
      // Of the records of its predicate alone, as the index computes it.
      expressions: key.parts.map((part) =>
        key.predicate === undefined ? part : `iif(${key.predicate}, ${part}, null)`,
      ),
    }))
  return [...checks, ...keys].filter(({ expressions }) => expressions.some(mayRaise))
}

/** Few functions of SQLite raise an error for a value: those of JSON, and `abs` of the least integer. */
function mayRaise(expression: string): boolean {
  const tokens = tokensOf(expression)
  return tokens.some((token, at) => {
    if (isSymbol(token, '->') || isSymbol(token, '->>')) return true
    const isCall = token.kind === 'word' && isSymbol(tokens[at + 1], '(')
    return isCall && !isWord(token, 'json_valid') && /^(json|abs$)/i.test(token.value)
  })
}

function attemptOf(
  connection: Connection,
  { table, columns }: Staged,
  { constraint, columns: read, expressions }: Judgement,
): (values: readonly (string | null)[]) => Omit<Failure, 'ordinal'> | undefined {
  const given = columns.filter((column) => read.includes(column))
  const places = given.map((column) => columns.indexOf(column))
  const store = storeRow(table, given)
  const compute = connection.reader(
    `select ${expressions.join(', ')} from ${recordAsTable(table, given, read)}`,
  )
  return (values) => {
    try {
      compute(store(places.map((place) => values[place] ?? null)))
      return undefined
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_ERROR') throw error
      const column = read.length === 1 ? read[0] : undefined
      return { code: 'database', constraint, column, nativeCode: error.code }
    }
  }
}
