import type { Survey, SurveyedTable } from '../target/survey.js'
import type { Found } from './check.js'
import { quoteName } from './quote.js'

/** A new name: what stands between RENAME and it (`TO`, `COLUMN "order" TO`), and the name itself. */
export type Renaming = readonly [what: string, name: string]

/** The statement that gives a table or one of its columns another name, and what it locks. */
export function rename(
  { altersTables }: Survey,
  table: SurveyedTable,
  [what, name]: Renaming,
): Required<Pick<Found, 'sql' | 'locks'>> {
  return {
    sql: [`ALTER TABLE ${table.sql} RENAME ${what} ${quoteName(name)};`],
    locks: altersTables
      ? `ACCESS EXCLUSIVE on ${table.name}, for an instant`
      : 'the write lock on the file, for an instant',
  }
}
