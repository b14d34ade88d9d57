import { expect, test } from 'vitest'
import { textArray, textArrayOf } from '../../../src/target/postgres/text-array.js'
import { freshDatabase } from '../../postgres/fresh-database.js'

const values = [
  'plain',
  '',
  null,
  'NULL',
  'a"b',
  'back\\slash',
  '{x,y}',
  'line\nbreak',
  ' blanks ',
  'ü 👩‍👧',
  "it's",
]

test.each([
  ['of any text and null', values],
  ['of nothing', []],
  ['of nulls alone', [null, null]],
  ['of long texts, whose characters take several bytes', ['ü'.repeat(100_000), 'x', '€'.repeat(3_000_000)]],
])('an array %s arrives as it was', async (_, list) => {
  const database = await freshDatabase()
  const [row] = await database.query('select $1::text[] as list', [textArray(list)])
  expect(row?.['list']).toEqual(list)
})

test('an array that was made is not changed by the next one', async () => {
  const database = await freshDatabase()
  const arrays = [textArrayOf([{ name: 'a' }, { name: 'b' }], ({ name }) => name), textArray(['c'])]
  const [row] = await database.query('select $1::text[] as one, $2::text[] as two', arrays)
  expect(row).toEqual({ one: ['a', 'b'], two: ['c'] })
})
