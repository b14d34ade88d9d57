import { expect, test } from 'vitest'
import { parseCreateIndex } from '../../../src/target/sqlite/parse-create-index.js'

test.each([
  ['create unique index i on t (a)', ['a'], undefined],
  ['CREATE UNIQUE INDEX "i" ON "t" ("a" COLLATE NOCASE DESC, "b" ASC)', ['"a"', '"b"'], undefined],
  [
    'create index i on t (lower(a), coalesce(b, 1, 2)) where c is null',
    ['lower(a)', 'coalesce(b, 1, 2)'],
    'c is null',
  ],
  [`create index i on "t(" (a) where b <> ' where ' and (c)`, ['a'], `b <> ' where ' and (c)`],
  [`create unique index i on t (ifnull("a", x'00'))`, [`ifnull("a", x'00')`], undefined],
])('%s', (sql, parts, predicate) => {
  expect(parseCreateIndex(sql)).toMatchObject({ parts, predicate })
})
