import { caseTwinsSql, distinctTextsSql, orphansSql, rowsSql } from '../../audit-sql.js'
import type { Audit } from '../../survey.js'
import type { Connection } from '../connection.js'
import { readSequenceFacts } from './read-sequence-facts.js'
import { readSurvey } from './read-survey.js'
import { tryInsert } from './try-insert.js'

/** What an audit asks of a SQLite database. */
export function openAudit(connection: Connection): Audit {
  const countOf = (sql: string) => Number(connection.get(sql)?.[0] ?? 0)
  return {
    survey: async (schemas) => readSurvey(connection, schemas),
    unknownSchemas: async (schemas) => schemas.filter((name) => name !== 'main'),
    sequences: async (schemas) => readSequenceFacts(connection, schemas),
    tryInsert: async (table) => tryInsert(connection, table),
    countRows: async (table, atMost, column) => countOf(rowsSql(table, atMost, column)),
    distinctTexts: async (table, column, limit) => {
      const rows = connection.all(distinctTextsSql(table, column, limit))
      return rows.length > limit ? undefined : rows.map((row) => row[0] as string).toSorted()
    },
    countCaseTwins: async (table, key) => countOf(caseTwinsSql(table, key)),
    countOrphans: async (table, key) => countOf(orphansSql(table, key)),
  }
}
