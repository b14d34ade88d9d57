import { is, type Table } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import type { Survey, SurveyedTable } from '../../survey.js'
import type { Session } from '../session.js'
import { otherType } from './other-type.js'
import { readConnection } from './read-connection.js'
import { readEnums } from './read-enums.js'
import { readLookalikes } from './read-lookalikes.js'
import { readSequenceFacts } from './read-sequence-facts.js'
import { readSurveyedTables } from './read-surveyed-tables.js'
import { readTakenNames } from './read-taken-names.js'

/** Everything an audit needs to know of the database, from its catalogue. Reads tables for the greatest number of a key alone. */
export async function readSurvey(session: Session, schemas: readonly string[]): Promise<Survey> {
  const tables = await readSurveyedTables(session, schemas)
  return {
    tables,
    enums: await readEnums(session, schemas),
    sequences: await readSequenceFacts(session, schemas),
    connection: await readConnection(session),
    altersTables: true,
    isTaken: await readTakenNames(session, schemas),
    onlyBtrees: false,
    isWhole: schemas.length === 0,
    lookalikes: await readLookalikes(session),
    tableOf: (declared) => {
      if (!is(declared, PgTable)) return undefined
      const { schema, name } = getTableConfig(declared)
      // One on the search path is called by its bare name; a schema that the role may not use is on no search path.
      const isCalled = ({ name: called, may }: SurveyedTable) =>
        called === name || (called === `public.${name}` && !may.useSchema)
      return tables.find((table) =>
        schema === undefined
          ? isCalled(table)
          : table.schema === schema && (table.name === name || table.name === `${schema}.${name}`),
      )
    },
    nameOf,
    otherType,
  }
}

/** `users`, or `billing.users` when the schema file says so. */
function nameOf(declared: Table): string | undefined {
  if (!is(declared, PgTable)) return undefined
  const { schema, name } = getTableConfig(declared)
  return schema === undefined ? name : `${schema}.${name}`
}
