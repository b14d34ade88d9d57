import { expect, test } from 'vitest'
import { exceedsLimit } from '../../src/run/reject-limit.js'

test.each([
  [0, 100, 0, false],
  [1, 100, 0, true],
  [3, 100, 3, false],
  [4, 100, 3, true],
  [1, 100, '1%', false],
  [2, 100, '1%', true],
  [1, 3, '0.5%', true],
  [0, 0, '1%', false],
] as const)(
  '%i rejects of %i records against a limit of %s: exceeded is %s',
  (rejected, records, limit, exceeded) => {
    expect(exceedsLimit(rejected, records, limit)).toBe(exceeded)
  },
)
