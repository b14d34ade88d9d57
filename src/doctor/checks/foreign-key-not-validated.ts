import type { Check } from '../check.js'
import { labelOf } from '../beside-table.js'
import { quoteName } from '../quote.js'

/** A foreign key that was added without a look at the rows that were there. */
export const foreignKeyNotValidated: Check = {
  code: 'foreign_key.not_validated',
  severity: 'warning',
  why: 'Rows from before the constraint may point at no row, and the planner does not trust it.',
  find: ({ survey }) =>
    survey.tables.flatMap((table) =>
      table.foreignKeys
        .filter(({ notValid }) => notValid)
        .map(({ name, columns, parent }) => ({
          object: labelOf(table, name),
          message: `The foreign key of ${table.name} (${columns.join(', ')}) to ${parent} is NOT VALID.`,
          sql: [`ALTER TABLE ${table.sql} VALIDATE CONSTRAINT ${quoteName(name)};`],
          locks: `SHARE UPDATE EXCLUSIVE on ${table.name} and ROW SHARE on ${parent} while all rows are read: they can be read and written`,
          hint: 'It fails while rows point at no row: `carryover doctor --data` counts them.',
        })),
    ),
}
