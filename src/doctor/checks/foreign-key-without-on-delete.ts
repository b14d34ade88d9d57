import type { SurveyedForeignKey, SurveyedTable } from '../../target/survey.js'
import { labelOf } from '../beside-table.js'
import type { Check } from '../check.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/** A foreign key that does not say what becomes of its rows. The catalogue keeps no difference between NO ACTION and nothing. */
export const foreignKeyWithoutOnDelete: Check = {
  code: 'foreign_key.no_on_delete',
  severity: 'info',
  why: 'Whether the rows go along, stay without the reference, or keep the row from being deleted was left to chance.',
  find: ({ survey }) =>
    ownTables(survey).flatMap((table) =>
      table.foreignKeys.filter(isUndecided).map((key) => ({
        object: labelOf(table, key.name),
        message: `What becomes of rows of ${table.name} when their row of ${key.parent} is deleted is not said: ON DELETE is NO ACTION.`,
        ...(key.definition === null
          ? { hint: 'Declare ON DELETE in a table made anew: SQLite cannot change a foreign key in place.' }
          : {
              sql: restrict(table, key, key.definition),
              locks: locksOf(table, key),
              hint: hintOf(key),
            }),
      })),
    ),
}

function isUndecided({ onDelete, definition }: SurveyedForeignKey): boolean {
  return onDelete === 'no action' && definition?.endsWith(' NOT ENFORCED') !== true
}

/** What may follow the actions, as `pg_get_constraintdef` writes it. */
const behindActions = /(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?(?: NOT VALID)?$/

function restrict(table: SurveyedTable, key: SurveyedForeignKey, definition: string): string[] {
  const [name, wasValid] = [quoteName(key.name), !definition.endsWith(' NOT VALID')]
  const changed = definition.replace(behindActions, (behind) => ` ON DELETE RESTRICT${behind}`)
  // Postgres before 18 adds no unvalidated key to a partitioned table.
  const isInSteps = wasValid && !table.partitioned
  return [
    `ALTER TABLE ${table.sql} DROP CONSTRAINT ${name};`,
    `ALTER TABLE ${table.sql} ADD CONSTRAINT ${name} ${changed}${isInSteps ? ' NOT VALID' : ''};`,
    ...(isInSteps ? [`ALTER TABLE ${table.sql} VALIDATE CONSTRAINT ${name};`] : []),
  ]
}

function locksOf(table: SurveyedTable, { parent }: SurveyedForeignKey): string {
  const both = table.name === parent ? parent : `${table.name} and ${parent}`
  return table.partitioned
    ? `ACCESS EXCLUSIVE on ${both} while every row is checked`
    : `ACCESS EXCLUSIVE on ${both} while every row is checked; for an instant when VALIDATE runs in a transaction of its own`
}

function hintOf({ deferrable }: SurveyedForeignKey): string {
  const choice =
    'RESTRICT refuses as now, but at once instead of at the end of the statement; CASCADE or SET NULL may be what is meant.'
  return deferrable
    ? `${choice} NO ACTION alone can be put off until the commit: accept the finding where a delete is to be.`
    : choice
}
