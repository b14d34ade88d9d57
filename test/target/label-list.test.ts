import { expect, test } from 'vitest'
import { widenLabels, type LabelList } from '../../src/target/label-list.js'

const table = { sql: '"billing"."orders"' }
const check = (name: string | undefined): LabelList => {
  return { column: 'order "state"', labels: ['gone', 'open'], by: { kind: 'check', name } }
}

test('a type gets what it lacks, a value a statement, in the order of the schema', () => {
  const list: LabelList = {
    column: 'state',
    labels: ['gone', 'open'],
    by: { kind: 'type', sql: '"billing"."state"' },
  }
  expect(widenLabels(table, list, ['new', 'open', `it's`, 'paid'])).toEqual([
    `ALTER TYPE "billing"."state" ADD VALUE 'new' BEFORE 'open';`,
    `ALTER TYPE "billing"."state" ADD VALUE 'it''s' AFTER 'open';`,
    `ALTER TYPE "billing"."state" ADD VALUE 'paid' AFTER 'it''s';`,
  ])
  expect(widenLabels(table, { ...list, labels: ['gone'] }, ['new', 'open'])).toEqual([
    `ALTER TYPE "billing"."state" ADD VALUE 'new';`,
    `ALTER TYPE "billing"."state" ADD VALUE 'open' AFTER 'new';`,
  ])
})

test('a check is written anew in the order of the schema, and still takes what only the database has', () => {
  expect(widenLabels(table, check('the "check"'), ['open', `it's`])).toEqual([
    `ALTER TABLE "billing"."orders" DROP CONSTRAINT "the ""check""";`,
    `ALTER TABLE "billing"."orders" ADD CONSTRAINT "the ""check""" CHECK ("order ""state""" IN ('open', 'it''s', 'gone'));`,
  ])
})

test('a check without a name cannot be altered', () => {
  expect(widenLabels(table, check(undefined), ['open', 'new'])).toEqual([])
})
