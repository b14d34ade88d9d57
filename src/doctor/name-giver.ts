import type { Survey, SurveyedTable } from '../target/survey.js'
import { defaultName } from './default-name.js'
import { bareName } from './own-tables.js'

/** Names a new index or constraint of a table: `users`, `['team_id']`, `idx` → `users_team_id_idx`, or with a number behind. */
export type NameGiver = (table: SurveyedTable, columns: readonly string[], label: string) => string

/** Gives each name once, and none that the database has: neither the schema nor, as a constraint, the table. */
export function nameGiver(survey: Survey): NameGiver {
  const given = new Set<string>()
  return (table, columns, label) => {
    const { schema, checks, foreignKeys, uniqueKeys } = table
    const constraints = new Set([...checks, ...foreignKeys, ...uniqueKeys].map((one) => one.name))
    const isFree = (name: string) =>
      !constraints.has(name) && !survey.isTaken(name, schema) && !given.has(`${schema}.${name}`)
    const numbered = (pass: number) =>
      defaultName(bareName(table), columns, pass === 0 ? label : `${label}${pass}`)
    let pass = 0
    while (!isFree(numbered(pass))) pass += 1
    given.add(`${schema}.${numbered(pass)}`)
    return numbered(pass)
  }
}
