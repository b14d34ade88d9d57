import type { SequenceFacts } from '../../target/sequence-facts.js'
import type { Check, Found, Patient } from '../check.js'
import { giveSequence } from '../give-sequence.js'
import { looksAutomatic } from '../looks-automatic.js'

/** An integer primary key that nothing fills. */
export const keyWithoutDefault: Check = {
  code: 'key.no_default',
  severity: 'error',
  why: 'Every INSERT that leaves the key out fails, which is how an ORM inserts into a key that it believes to be automatic.',
  find: (patient) =>
    patient.survey.sequences.filter(({ kind }) => kind === null).map((facts) => describe(patient, facts)),
}

function describe({ survey, declared }: Patient, facts: SequenceFacts): Found {
  const { table, column } = facts
  return {
    object: `${table}.${column}`,
    message: 'The integer primary key has no identity, sequence or default.',
    severity: looksAutomatic(facts, { survey, declared }) ? 'error' : 'warning',
    ...(survey.altersTables
      ? { sql: giveSequence(survey, facts), locks: `ACCESS EXCLUSIVE on ${table}, for an instant` }
      : {
          hint: 'Declare it as `integer primary key`, in a table made anew: SQLite cannot change it in place.',
        }),
  }
}
