import { isBehind, isPastLimit, type SequenceFacts } from '../../target/sequence-facts.js'
import type { Survey } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { notLookedAt } from '../not-looked-at.js'
import { quoteName, quoteText } from '../quote.js'

/** A sequence that hands out numbers which are taken. */
export const sequenceBehind: Check = {
  code: 'sequence.behind',
  severity: 'error',
  why: 'The next rows get numbers that are taken, and fail on the primary key one after the other.',
  find: ({ survey }) => [
    ...survey.sequences.filter(isBehind).map((facts) => ({
      object: `${facts.table}.${facts.column}`,
      message: `The column is at ${facts.max}, and its sequence would hand out ${facts.next ?? 'nothing'} next.`,
      ...(survey.altersTables ? onServer(facts) : inFile(facts)),
      hint: '`carryover sequences --fix` does the same for all of them.',
    })),
    ...survey.sequences
      .filter(({ kind, isKnown }) => kind !== null && !isKnown)
      .map((facts) => unseen(survey, facts)),
  ],
}

function unseen(survey: Survey, { table, tableSql, column, sequence }: SequenceFacts): Found {
  const mayRead = survey.tables.find(({ sql }) => sql === tableSql)?.may.select === true
  const on = mayRead ? `SEQUENCE ${sequence}` : tableSql
  return notLookedAt(survey, `${table}.${column}`, { right: 'SELECT', on })
}

function onServer(facts: SequenceFacts): Partial<Found> {
  return {
    sql: advanced(facts),
    locks: `SHARE ROW EXCLUSIVE on ${facts.table}: writers wait for an instant`,
  }
}

/** https://sqlite.org/autoinc.html: the next number is also past every key that is there. */
function inFile({ tableSql, column, sequence }: SequenceFacts): Partial<Found> {
  const name = quoteText(sequence as string)
  return {
    severity: 'info',
    why: 'SQLite goes on behind the keys that are there, so nothing fails; when the last rows are deleted, their numbers are given again.',
    sql: [
      `DELETE FROM sqlite_sequence WHERE name = ${name};`,
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${name}, max(${quoteName(column)}) FROM ${tableSql};`,
    ],
    locks: 'the whole file for an instant',
  }
}

/** Never backwards: a sequence can serve other columns, and go on until the statements are run. */
function advanced(facts: SequenceFacts): string[] {
  const { tableSql, column, step } = facts
  const name = facts.sequence as string
  const isDown = step.startsWith('-')
  const [furthest, further, end] = isDown ? ['min', 'least', 'MINVALUE'] : ['max', 'greatest', 'MAXVALUE']
  const reached = `(SELECT ${furthest}(${quoteName(column)}) FROM ${tableSql})`
  // A sequence that takes longer steps goes on where it would have come by itself.
  const last = ['1', '-1'].includes(step)
    ? `${further}(${reached}, last_value)`
    : `last_value + greatest((${reached} - last_value) / ${step}, 0) * ${step}`
  return [
    ...(isPastLimit(facts) ? [`ALTER SEQUENCE ${name} AS bigint NO ${end};`] : []),
    `LOCK TABLE ${tableSql} IN SHARE ROW EXCLUSIVE MODE;`,
    `SELECT setval(${quoteText(name)}, ${last}) FROM ${name};`,
  ]
}
