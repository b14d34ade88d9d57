import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { parseInstant } from '../../src/record/parse-instant.js'
import type { Disambiguation } from '../../src/record/zone-offset.js'

test.each<[string, string, Disambiguation, string]>([
  ['2024-03-31 02:30', 'Europe/Berlin', 'earlier', '2024-03-31T00:30:00Z'],
  ['2024-03-31 02:30', 'Europe/Berlin', 'later', '2024-03-31T01:30:00Z'],
  ['2024-03-31 02:30', 'Europe/Berlin', 'compatible', '2024-03-31T01:30:00Z'],
  ['2024-10-27 02:30', 'Europe/Berlin', 'earlier', '2024-10-27T00:30:00Z'],
  ['2024-10-27 02:30', 'Europe/Berlin', 'later', '2024-10-27T01:30:00Z'],
  ['2024-10-27 02:30', 'Europe/Berlin', 'compatible', '2024-10-27T00:30:00Z'],
  ['2024-05-06 07:08', 'Europe/Berlin', 'later', '2024-05-06T05:08:00Z'],
  ['2011-12-30 12:00', 'Pacific/Apia', 'earlier', '2011-12-29T22:00:00Z'],
  ['2011-12-30 12:00', 'Pacific/Apia', 'later', '2011-12-30T22:00:00Z'],
  ['2018-11-04', 'America/Sao_Paulo', 'compatible', '2018-11-04T03:00:00Z'],
])('%s in %s, the %s one, is %s', (text, zone, disambiguation, instant) => {
  expect(parseInstant(text, { zone, disambiguation })).toEqual({ text: instant })
})

test('skipped and repeated times mean what Temporal says they mean', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
  ]
  const modes = fc.constantFrom<Disambiguation>('reject', 'earlier', 'later', 'compatible')
  // Quarters of an hour beside a change of the clocks, where the answers differ.
  const beside = fc.tuple(
    fc.constantFrom(...zones),
    fc.integer({ min: 1950, max: 2037 }),
    fc.integer({ min: -16, max: 16 }),
  )
  fc.assert(
    fc.property(beside, modes, ([zone, year, quarters], disambiguation) => {
      const start = Temporal.Instant.from(`${year}-01-01T00:00:00Z`).toZonedDateTimeISO(zone)
      const change = start.getTimeZoneTransition('next')
      fc.pre(change !== null)
      const wall = change.toPlainDateTime().add({ minutes: quarters * 15 })
      const parsed = parseInstant(wall.toString(), { zone, disambiguation })
      let expected: string | undefined
      try {
        expected = wall.toZonedDateTime(zone, { disambiguation }).toInstant().toString()
      } catch {
        expected = undefined
      }
      expect('text' in parsed ? parsed.text : undefined).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
