import type { Survey } from '../../target/survey.js'
import type { Found } from '../check.js'

type Mending = Pick<Found, 'sql' | 'locks' | 'hint'>

/** Statements, where the engine can change a table and they could be written down; and what to do in either case. */
export function mending(
  survey: Survey,
  sql: readonly string[] | undefined,
  locks: string,
  hint?: string,
): Mending {
  const isWritten = survey.altersTables && sql !== undefined
  return {
    ...(isWritten && { sql, locks }),
    hint: [hint, isWritten ? undefined : byMigration(survey)].filter(Boolean).join(' ') || viaMigration,
  }
}

const viaMigration = 'Where a migration that does this was forgotten, generate it with drizzle-kit instead.'

function byMigration({ altersTables }: Survey): string {
  return altersTables
    ? '`carryover migrate` applies what is pending; where nothing is, generate the migration with drizzle-kit first.'
    : '`carryover migrate` makes what can be made in place; for the rest the table is to be built anew.'
}
