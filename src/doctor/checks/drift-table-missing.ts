import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'

/** A declared table that the database does not have. */
export const driftTableMissing: DriftCheck = {
  code: 'drift.table_missing',
  severity: 'error',
  why: 'Every query of the application on it fails.',
  needsSchema: true,
  find: ({ survey, declared }) => {
    const missing = declared
      .filter((table) => survey.isWhole && survey.tableOf(table) === undefined)
      .map((table) => survey.nameOf(table))
      .filter((name) => name !== undefined)
      .filter((name) => !survey.lookalikes.has(name))
    return [...new Set(missing)].map((name) => ({
      object: name,
      message: 'The schema declares the table, and the database does not have it.',
      ...mending(survey, undefined, ''),
    }))
  },
}
