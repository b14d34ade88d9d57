import { expect, it } from 'vitest'
import { HyperLogLog } from '../../../src/inspect/counting/hyper-log-log.js'
import { scanText } from '../../../src/inspect/text/scan-text.js'

// The standard error is 0.8 %; values are fixed, so a bound of four times that either always holds or never.
it.each([
  [0, 0],
  [1, 0],
  [100, 0.01],
  [5_000, 0.02],
  [40_000, 0.033],
  [100_000, 0.033],
  [1_000_000, 0.033],
])('of %d different values the estimate is off by a share of %d at most', (values, bound) => {
  const sketch = new HyperLogLog()
  for (let index = 0; index < values; index += 1) sketch.add(scanText(`user-${index}`).hash)
  expect(Math.abs(sketch.estimate() - values)).toBeLessThanOrEqual(values * bound)
})

it('a value that comes again changes nothing', () => {
  const sketch = new HyperLogLog()
  for (let index = 0; index < 10_000; index += 1) sketch.add(scanText(String(index % 10)).hash)
  expect(sketch.estimate()).toBe(10)
})
