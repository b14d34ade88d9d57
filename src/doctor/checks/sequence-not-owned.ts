import type { Check } from '../check.js'
import { quoteName } from '../quote.js'

/** A default over a sequence that does not belong to the column. One that serves several columns belongs to none of them. */
export const sequenceNotOwned: Check = {
  code: 'sequence.not_owned',
  severity: 'warning',
  why: 'Tools that look for the sequence of a column do not find it, and it stays behind when the table is dropped.',
  find: ({ survey }) =>
    survey.sequences
      .filter(
        ({ kind, sequence }, _, all) =>
          kind === 'default' && all.filter((other) => other.sequence === sequence).length === 1,
      )
      .map(({ table, tableSql, column, sequence }) => ({
        object: `${table}.${column}`,
        message: `Its default draws from ${sequence}, which no column owns.`,
        sql: [`ALTER SEQUENCE ${sequence} OWNED BY ${tableSql}.${quoteName(column)};`],
        locks: `SHARE ROW EXCLUSIVE on the sequence: nobody draws from it for an instant`,
      })),
}
