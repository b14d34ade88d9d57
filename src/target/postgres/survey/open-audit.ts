import { caseTwinsSql, distinctTextsSql, orphansSql, rowsSql } from '../../audit-sql.js'
import type { Audit } from '../../survey.js'
import type { Session } from '../session.js'
import { lettingGo } from './letting-go.js'
import { readSequenceFacts } from './read-sequence-facts.js'
import { readSurvey } from './read-survey.js'
import { tryInsert } from './try-insert.js'

/** What an audit asks of a Postgres database. Every call is made inside of a transaction. */
export function openAudit(session: Session): Audit {
  const read = (sql: string) => lettingGo(session, () => session.query(sql))
  const countOf = async (sql: string) => Number((await read(sql))[0]?.['count'] ?? 0)
  return {
    survey: (schemas) => readSurvey(session, schemas),
    unknownSchemas: async (schemas) => {
      const there = await session.query('select nspname from pg_namespace where nspname = any ($1)', [
        schemas,
      ])
      return schemas.filter((name) => !there.some(({ nspname }) => nspname === name))
    },
    sequences: (schemas) => readSequenceFacts(session, schemas),
    tryInsert: (table) => tryInsert(session, table),
    countRows: (table, atMost, column) => countOf(rowsSql(table, atMost, column)),
    distinctTexts: async (table, column, limit) => {
      const rows = await read(distinctTextsSql(table, column, limit))
      return rows.length > limit ? undefined : rows.map((row) => row['text'] as string).toSorted()
    },
    countCaseTwins: (table, key) => countOf(caseTwinsSql(table, key)),
    countOrphans: (table, key) => countOf(orphansSql(table, key)),
  }
}
