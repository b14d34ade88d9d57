import { expect, test } from 'vitest'
import { textArray } from '../../../src/target/postgres/text-array.js'
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

test('an array literal arrives as it was', async () => {
  const database = await freshDatabase()
  const [row] = await database.query('select $1::text[] as list', [textArray(values)])
  expect(row?.['list']).toEqual(values)
})

test('nothing is an empty array', () => {
  expect(textArray([])).toBe('{}')
})
