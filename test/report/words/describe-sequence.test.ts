import { expect, it } from 'vitest'
import { describeSequence } from '../../../src/report/words/describe-sequence.js'

it('a sequence tells the number it hands out next, also past 2^53', () => {
  const users = { table: 'users', column: 'id' }
  expect(describeSequence({ ...users, from: '3', to: '15' })).toBe('users.id: 3 → 15, next 16')
  expect(describeSequence({ ...users, from: null, to: '9007199254740993' })).toBe(
    'users.id: unused → 9007199254740993, next 9007199254740994',
  )
})
