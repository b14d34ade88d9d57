import type { DriftCheck } from '../drift/drift-check.js'
import { pairsOf } from '../drift/pairs.js'
import { bareName, isJournal } from '../own-tables.js'

/** A table that stands among declared ones and is not declared itself. Other schemas are other tools' business. */
export const driftTableUnknown: DriftCheck = {
  code: 'drift.table_unknown',
  severity: 'info',
  why: 'It belongs to somebody else, or was left behind; backups, rights and clean-ups miss it either way.',
  needsSchema: true,
  find: (facts) => {
    const known = pairsOf(facts).map(({ live }) => live)
    const schemas = new Set(known.map(({ schema }) => schema))
    return facts.survey.tables
      .filter((table) => schemas.has(table.schema) && !known.includes(table))
      .filter((table) => !isJournal(bareName(table)) && bareName(table).toLowerCase() !== 'migrations')
      .map(({ name }) => ({
        object: name,
        message: 'The schema does not have this table.',
        hint: 'Declare it, or drop it with a migration when nothing reads it any more.',
      }))
  },
}
