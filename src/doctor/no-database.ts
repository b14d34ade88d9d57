import type { Patient } from './check.js'

/** What a check is given that reads files alone: a database without anything in it, which is not to be asked. */
export const noDatabase: Pick<Patient, 'survey' | 'audit' | 'migrations'> = {
  survey: {
    tables: [],
    enums: [],
    sequences: [],
    connection: { role: null, isSuperuser: false, isPlain: false, isPooled: false, ledgerGrants: [] },
    altersTables: false,
    onlyBtrees: false,
    isWhole: false,
    lookalikes: new Set(),
    isTaken: () => false,
    tableOf: () => undefined,
    nameOf: () => undefined,
    otherType: () => undefined,
  },
  audit: {
    survey: notAsked,
    unknownSchemas: notAsked,
    sequences: notAsked,
    tryInsert: notAsked,
    countRows: notAsked,
    distinctTexts: notAsked,
    countCaseTwins: notAsked,
    countOrphans: notAsked,
  },
  migrations: { applied: [], pending: [], changed: [], unknown: [] },
}

function notAsked(): never {
  throw new Error('a check that reads files alone asked the database')
}
