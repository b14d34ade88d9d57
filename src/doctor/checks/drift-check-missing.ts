import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs } from '../drift/pairs.js'
import { renderSql } from '../drift/render-sql.js'
import { quoteName } from '../quote.js'

/** PostgreSQL documentation, "Identifiers and Key Words": longer names are cut to NAMEDATALEN - 1 bytes. */
const mostBytes = 63

/** A declared check constraint whose name the database does not have on the table. */
export const driftCheckMissing: DriftCheck = {
  code: 'drift.check_missing',
  severity: 'warning',
  why: 'The database takes values that the schema rules out.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.checks
        .filter(({ name }) => !live.checks.some((found) => [name, cut(name)].includes(found.name)))
        .map(({ name, value }) => ({
          object: `${live.name}.${name}`,
          message: `The schema declares the check ${name}, and the table has none of this name.`,
          ...mending(
            facts.survey,
            [
              `ALTER TABLE ${live.sql} ADD CONSTRAINT ${quoteName(name)} CHECK (${renderSql(value)}) NOT VALID;`,
              `ALTER TABLE ${live.sql} VALIDATE CONSTRAINT ${quoteName(name)};`,
            ],
            `ACCESS EXCLUSIVE on ${live.name} until the transaction ends: everybody waits while rows are read`,
            'Rows that break it must be mended first; run the two statements in transactions of their own to let others go on.',
          ),
        })),
    ),
}

function cut(name: string): string {
  return Buffer.from(name).subarray(0, mostBytes).toString()
}
