import { expect, it } from 'vitest'
import { parseDuration } from '../../../src/cli/options/parse-duration.js'

it.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['30', 30_000],
  ['0', 0],
  ['1.5m', 90_000],
  ['5 min', 300_000],
  ['1h', 3_600_000],
])('%s is %d milliseconds', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds))

it.each(['', 's', '5d', '-3s', '1e3', '5 m s', 'users', '10000h'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})
