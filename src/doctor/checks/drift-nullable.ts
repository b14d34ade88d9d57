import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs } from '../drift/pairs.js'

/** A column that may be null in the database and not in the schema, or the other way round. */
export const driftNullable: DriftCheck = {
  code: 'drift.nullable',
  severity: 'warning',
  why: 'The types that the application is compiled with promise values where there are none, or let it leave out what is refused.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.columns.flatMap((column) => {
        const found = live.columns.find(({ name }) => name === column.name)
        const isRequired = column.notNull || shape.primaryKey.includes(column.name)
        // A key that differs is a finding of its own, and no statement makes the column of a key nullable.
        const isKey = live.primaryKey?.columns.includes(column.name) === true
        if (found === undefined || found.nullable !== isRequired || found.generated || isKey) return []
        return [
          {
            object: `${live.name}.${column.name}`,
            message: isRequired
              ? 'The schema declares the column NOT NULL, and in the database it may be null.'
              : 'The column is NOT NULL, and in the schema it may be null.',
            ...mending(
              facts.survey,
              [`ALTER TABLE ${live.sql} ALTER COLUMN ${found.sql} ${isRequired ? 'SET' : 'DROP'} NOT NULL;`],
              `ACCESS EXCLUSIVE on ${live.name}${isRequired ? ' while its rows are read' : ', for an instant'}`,
              isRequired ? 'Rows without a value must be given one first.' : undefined,
            ),
          },
        ]
      }),
    ),
}
