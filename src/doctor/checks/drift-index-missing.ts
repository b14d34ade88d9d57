import type { SurveyedTable } from '../../target/survey.js'
import type { DeclaredIndex } from '../drift/declared-index.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { indexSql } from '../drift/index-sql.js'
import { mending } from '../drift/mending.js'
import { findInPairs, hasColumns } from '../drift/pairs.js'

/** A declared index that the database does not have, whatever it may be called there. */
export const driftIndexMissing: DriftCheck = {
  code: 'drift.index_missing',
  severity: 'info',
  why: 'Queries that it was declared for read the whole table.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.indexes
        .filter(({ method }) => method === 'btree' || !facts.survey.onlyBtrees)
        .filter(({ reads }) => hasColumns(live, reads))
        .filter((index) => !isThere(live, index))
        .map((index) => ({
          object: `${live.name}.${index.name ?? index.columns.join('_')}`,
          message: `The schema declares an index over (${index.columns.map((column) => column ?? 'an expression').join(', ')}), and the table has none.`,
          ...mending(
            facts.survey,
            [indexSql(live, index)],
            `SHARE on ${live.name} while the index is built: writers wait`,
            'On a large table build it by itself, outside of a transaction, with CREATE INDEX CONCURRENTLY.',
          ),
        })),
    ),
}

/** One over the same columns in the same order, and for some rows alone where this one is. */
function isThere({ indexes }: SurveyedTable, { columns, predicateSql }: DeclaredIndex): boolean {
  return indexes.some(
    (index) =>
      JSON.stringify(index.columns) === JSON.stringify(columns) &&
      (index.predicate === undefined) === (predicateSql === undefined),
  )
}
