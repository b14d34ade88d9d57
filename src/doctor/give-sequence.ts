import type { SequenceFacts } from '../target/sequence-facts.js'
import type { Survey } from '../target/survey.js'
import { siblingSql } from './beside-table.js'
import { nameGiver } from './name-giver.js'
import { quoteName, quoteText } from './quote.js'

/** The statements that give an integer key the sequence it lacks, which goes on behind the numbers that are there. */
export function giveSequence(survey: Survey, { tableSql, column, limit }: SequenceFacts): string[] {
  const table = survey.tables.find(({ sql }) => sql === tableSql)
  if (table === undefined) return []
  const name = siblingSql(table, nameGiver(survey)(table, [column], 'seq'))
  const key = quoteName(column)
  const type = limit === '32767' ? 'smallint' : limit === '2147483647' ? 'integer' : 'bigint'
  return [
    `CREATE SEQUENCE ${name} AS ${type} OWNED BY ${tableSql}.${key};`,
    `LOCK TABLE ${tableSql} IN SHARE ROW EXCLUSIVE MODE;`,
    `SELECT setval(${quoteText(name)}, greatest(coalesce(max(${key}), 0), 0) + 1, false) FROM ${tableSql};`,
    `ALTER TABLE ${tableSql} ALTER COLUMN ${key} SET DEFAULT nextval(${quoteText(name)});`,
  ]
}
