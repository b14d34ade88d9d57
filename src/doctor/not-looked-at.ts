import type { Survey, SurveyedTable } from '../target/survey.js'
import type { Found } from './check.js'
import { quoteName } from './quote.js'

/** The finding that stands for what the role may not look at: silence would say that it is in order. */
export function notLookedAt(
  { connection }: Survey,
  object: string,
  { right, on }: { right: string; on: string },
): Found {
  const role = connection.role ?? 'of the connection'
  return {
    object,
    severity: 'warning',
    message: `Not looked at: the role ${role} may not ${right} on ${on}.`,
    why: 'What nobody could look at is not in order for that.',
    hint: `Audit as a role that may, or let this one: GRANT ${right} ON ${on} TO ${quoteName(role)};`,
  }
}

/** The same of tables that the role may not read. */
export function notRead(survey: Survey, tables: readonly SurveyedTable[]): Found[] {
  return tables
    .filter(({ may }) => !may.select)
    .map(({ name, sql }) => notLookedAt(survey, name, { right: 'SELECT', on: sql }))
}
