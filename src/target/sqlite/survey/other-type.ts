import { is, type Column } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'
import type { SurveyedColumn } from '../../survey.js'
import { postgresType, storageOf } from '../declared-table.js'
import { twinStorage } from '../twin-type.js'

/**
 * How a drizzle column asks to be stored when the live column stores it otherwise: `text` where a `uuid` of a `pgTable` is kept as
 * `integer`. What a column of a `pgTable` takes besides is the business of the checks of its twin.
 */
export function otherType(live: SurveyedColumn, declared: Column): string | undefined {
  const wanted = is(declared, PgColumn)
    ? twinStorage(postgresType(declared))
    : storageOf(declared.getSQLType())
  return storageOf(live.declared) === wanted ? undefined : wanted
}
