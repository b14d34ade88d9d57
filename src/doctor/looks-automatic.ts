import { getTableColumns } from 'drizzle-orm'
import type { SequenceFacts } from '../target/sequence-facts.js'
import type { Patient } from './check.js'

/**
 * Whether somebody will leave a key out that nothing fills. Some keys are given by every INSERT on purpose; one that is called
 * `id`, or that the code believes to be automatic, is not.
 */
export function looksAutomatic(
  { table, column }: Pick<SequenceFacts, 'table' | 'column'>,
  { survey, declared }: Pick<Patient, 'survey' | 'declared'>,
): boolean {
  const columns = declared
    .filter((one) => survey.tableOf(one)?.name === table)
    .flatMap((one) => Object.values(getTableColumns(one)))
  return (
    column.toLowerCase() === 'id' || columns.some(({ name, hasDefault }) => name === column && hasDefault)
  )
}
