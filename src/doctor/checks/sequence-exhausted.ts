import { isNearlyExhausted } from '../../target/sequence-facts.js'
import type { Check } from '../check.js'
import { quoteName } from '../quote.js'

/** A sequence, or the type of its column, that soon has no numbers left. */
export const sequenceExhausted: Check = {
  code: 'sequence.exhausted_soon',
  severity: 'warning',
  why: 'When the last number is used every INSERT fails, and a wider type for a large table takes hours.',
  find: ({ survey }) =>
    survey.sequences
      .filter((facts) => facts.kind !== null && isNearlyExhausted(facts))
      .map(({ table, tableSql, column, sequence, last, max, limit }) => ({
        object: `${table}.${column}`,
        message: `${last ?? max} of ${limit} numbers are used.`,
        ...(survey.altersTables && {
          sql: [
            `ALTER TABLE ${tableSql} ALTER COLUMN ${quoteName(column)} TYPE bigint;`,
            `ALTER SEQUENCE ${sequence} AS bigint NO MINVALUE NO MAXVALUE;`,
          ],
          locks: `ACCESS EXCLUSIVE on ${table} while all of it is written anew, and on tables that refer to it`,
          hint: 'Columns that refer to this one need the wider type as well.',
        }),
      })),
}
