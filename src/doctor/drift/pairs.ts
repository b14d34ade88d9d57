import type { SurveyedTable } from '../../target/survey.js'
import type { Found } from '../check.js'
import { declaredShape, type DeclaredShape } from './declared-shape.js'
import type { DriftFacts } from './drift-check.js'

/** A declared table and the one that stands for it in the database. */
export interface Pair {
  readonly live: SurveyedTable
  readonly shape: DeclaredShape
}

/** Every declared table that is there. A table that is declared twice makes two pairs. */
export function pairsOf({ survey, declared }: DriftFacts): Pair[] {
  return declared.flatMap((table) => {
    const [live, shape] = [survey.tableOf(table), declaredShape(table)]
    return live === undefined || shape === undefined ? [] : [{ live, shape }]
  })
}

/** What is found in the pairs; what two declarations of one table have in common once. */
export function findInPairs(facts: DriftFacts, find: (pair: Pair) => readonly Found[]): Found[] {
  const found = new Map(pairsOf(facts).flatMap((pair) => find(pair).map((one) => [one.object, one])))
  return [...found.values()]
}

/** True when the live table has all of these columns: what is over others comes with them. */
export function hasColumns({ columns }: SurveyedTable, names: readonly string[]): boolean {
  return names.every((name) => columns.some((column) => column.name === name))
}
