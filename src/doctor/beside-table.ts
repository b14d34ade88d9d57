import type { SurveyedTable } from '../target/survey.js'
import { bareName } from './own-tables.js'
import { quoteName } from './quote.js'

/** What a finding calls a key, a check or an index of a table: `users_email_key`, and `users.by_email` for a name without the table's. */
export function labelOf(table: SurveyedTable, name: string): string {
  const bare = bareName(table)
  return name.startsWith(bare)
    ? `${table.name.slice(0, table.name.length - bare.length)}${name}`
    : `${table.name}.${name}`
}

/** An index in the schema of its table, for statements: `users_email_idx`, `billing.users_email_idx`. */
export function siblingSql(table: SurveyedTable, name: string): string {
  const isAlone = bareName(table) === table.name
  return isAlone ? quoteName(name) : `${quoteName(table.schema)}.${quoteName(name)}`
}

/** Columns for statements: `team_id, "order"`. */
export function columnsSql(table: SurveyedTable, columns: readonly string[]): string {
  return columns
    .map((name) => table.columns.find((column) => column.name === name)?.sql ?? quoteName(name))
    .join(', ')
}
