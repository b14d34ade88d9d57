import type { RefusedInsert, Survey, SurveyedTable } from '../../target/survey.js'
import type { Check, Found, Patient } from '../check.js'
import { giveSequence } from '../give-sequence.js'
import { looksAutomatic } from '../looks-automatic.js'
import { notLookedAt } from '../not-looked-at.js'

/** A table that takes no insert, whatever its values are. */
export const insertFails: Check = {
  code: 'insert.fails',
  severity: 'error',
  why: 'The first request that makes a row here fails, and so does an import.',
  when: 'probe',
  async find(patient) {
    const { survey, audit } = patient
    const found: Found[] = []
    for (const table of survey.tables) {
      if (!table.may.insert) found.push(notTried(survey, table))
      else {
        const refused = await audit.tryInsert(table)
        if (refused !== null) found.push(describe(patient, table, refused))
      }
    }
    return found
  },
}

/** Tables that others write to are no business of the role. */
function notTried(survey: Survey, { name, sql }: SurveyedTable): Found {
  return { ...notLookedAt(survey, name, { right: 'INSERT', on: sql }), severity: 'info' }
}

function describe(patient: Patient, table: SurveyedTable, { said, column }: RefusedInsert): Found {
  const { survey } = patient
  const key = survey.sequences.find(
    (facts) => facts.kind === null && facts.tableSql === table.sql && facts.column === column,
  )
  return {
    object: table.name,
    severity: key === undefined || looksAutomatic(key, patient) ? 'error' : 'warning',
    message: `An insert that leaves out what the database should fill was tried, and rolled back. ${said}`,
    hint:
      column === undefined
        ? 'The reason is in the table, its defaults or its triggers, and not in the values of the row.'
        : `Nothing fills ${column}: give it a default, or the value with each insert.`,
    ...(key !== undefined &&
      survey.altersTables && {
        sql: giveSequence(survey, key),
        locks: `ACCESS EXCLUSIVE on ${table.name}, for an instant`,
      }),
  }
}
