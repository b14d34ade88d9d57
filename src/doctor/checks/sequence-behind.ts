import { isBehind, isPastLimit, type SequenceFacts } from '../../target/sequence-facts.js'
import type { Check } from '../check.js'
import { quoteName, quoteText } from '../quote.js'

/** A sequence that hands out numbers which are taken. */
export const sequenceBehind: Check = {
  code: 'sequence.behind',
  severity: 'error',
  why: 'The next rows get numbers that are taken, and fail on the primary key one after the other.',
  find: ({ survey }) =>
    survey.sequences.filter(isBehind).map((facts) => ({
      object: `${facts.table}.${facts.column}`,
      message: `The column is at ${facts.max}, and its sequence would hand out ${facts.next ?? 'nothing'} next.`,
      sql: survey.altersTables ? advanced(facts) : setForward(facts),
      locks: `SHARE ROW EXCLUSIVE on ${facts.table}: writers wait for an instant`,
      hint: '`carryover sequences --fix` does the same for all of them.',
    })),
}

/** Never backwards: a sequence can serve other columns, and go on until the statements are run. */
function advanced(facts: SequenceFacts): string[] {
  const { tableSql, column, step } = facts
  const name = facts.sequence as string
  const isDown = step.startsWith('-')
  const [furthest, further, end] = isDown ? ['min', 'least', 'MINVALUE'] : ['max', 'greatest', 'MAXVALUE']
  return [
    ...(isPastLimit(facts) ? [`ALTER SEQUENCE ${name} AS bigint NO ${end};`] : []),
    `LOCK TABLE ${tableSql} IN SHARE ROW EXCLUSIVE MODE;`,
    `SELECT setval(${quoteText(name)}, ${further}((SELECT ${furthest}(${quoteName(column)}) FROM ${tableSql}), last_value)) FROM ${name};`,
  ]
}

function setForward({ tableSql, column, sequence }: SequenceFacts): string[] {
  return [
    `UPDATE sqlite_sequence SET seq = (SELECT max(${quoteName(column)}) FROM ${tableSql}) WHERE name = ${quoteText(sequence as string)};`,
  ]
}
