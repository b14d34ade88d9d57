import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DefinitionError } from '../../src/errors.js'
import { WrittenNumber } from '../../src/written-number.js'
import { parseInstant, type InstantSpec } from '../../src/record/parse-instant.js'

const berlin = { zone: 'Europe/Berlin' }
const noDay = 'a day that no calendar has'
const noClock = 'a time of day that no clock shows'
const noYear = 'a year outside 0001–9999'

describe('parseInstant', () => {
  it.each<[unknown, InstantSpec, string]>([
    ['2024-05-06T07:08:09Z', {}, '2024-05-06T07:08:09Z'],
    ['2024-05-06t07:08:09z', {}, '2024-05-06T07:08:09Z'],
    [' 2024-05-06 07:08:09.500 +0200 ', {}, '2024-05-06T05:08:09.5Z'],
    ['2024-05-06 07:08+02', {}, '2024-05-06T05:08:00Z'],
    ['2024-05-06T07:08:09.123456789-03:30', {}, '2024-05-06T10:38:09.123456789Z'],
    ['2024-05-06', { zone: 'UTC' }, '2024-05-06T00:00:00Z'],
    ['2024-05-06', { zone: '+02:00' }, '2024-05-05T22:00:00Z'],
    ['2024-05-06', berlin, '2024-05-05T22:00:00Z'],
    ['2024-01-06 12:00', berlin, '2024-01-06T11:00:00Z'],
    ['2024-05-06T07:08:09Z', berlin, '2024-05-06T07:08:09Z'],
    ['2024-03-31 01:59:59', berlin, '2024-03-31T00:59:59Z'],
    ['2024-03-31 03:00', berlin, '2024-03-31T01:00:00Z'],
    ['2024-10-27 01:59:59', berlin, '2024-10-26T23:59:59Z'],
    ['2024-10-27 03:00', berlin, '2024-10-27T02:00:00Z'],
    ['2023-12-31 23:59:59', { zone: 'Pacific/Kiritimati' }, '2023-12-31T09:59:59Z'],
    ['0099-01-01T00:00:00Z', {}, '0099-01-01T00:00:00Z'],
    [new Date('2024-05-06T07:08:09.050Z'), {}, '2024-05-06T07:08:09.05Z'],
    [new Date(-1), { format: 'epoch-seconds' }, '1969-12-31T23:59:59.999Z'],
  ])('reads %o with %o as %s', (value, spec, text) => {
    expect(parseInstant(value, spec)).toEqual({ text })
  })

  it.each<[unknown, InstantSpec, string]>([
    ['06.05.2024 07:08', { format: 'dd.MM.yyyy HH:mm', zone: 'UTC' }, '2024-05-06T07:08:00Z'],
    ['6/5/2024 7:08', { format: 'd/M/yyyy H:mm', zone: 'UTC' }, '2024-05-06T07:08:00Z'],
    ['16/12/2024 17:08', { format: 'd/M/yyyy H:mm', zone: 'UTC' }, '2024-12-16T17:08:00Z'],
    [
      '2024-05-06T07:08:09.050',
      { format: 'yyyy-MM-ddTHH:mm:ss.SSS', zone: 'UTC' },
      '2024-05-06T07:08:09.05Z',
    ],
    ['20240506T070809+0200', { format: 'yyyyMMddTHHmmssZ' }, '2024-05-06T05:08:09Z'],
    [20240506, { format: 'yyyyMMdd', zone: 'UTC' }, '2024-05-06T00:00:00Z'],
    ['[2024] (05) 06', { format: '[yyyy] (MM) dd', zone: 'UTC' }, '2024-05-06T00:00:00Z'],
    ['05/06/2024 07:08 PM', { format: 'MM/dd/yyyy hh:mm a', zone: 'UTC' }, '2024-05-06T19:08:00Z'],
    ['5/6/2024 12:08 a.m.', { format: 'M/d/yyyy h:mm a', zone: 'UTC' }, '2024-05-06T00:08:00Z'],
    ['5/6/2024 12:08 pm', { format: 'M/d/yyyy h:mm a', zone: 'UTC' }, '2024-05-06T12:08:00Z'],
    ['06-May-2024', { format: 'dd-MMM-yyyy', zone: 'UTC' }, '2024-05-06T00:00:00Z'],
    ['december 6, 2024', { format: 'MMMM d, yyyy', zone: 'UTC' }, '2024-12-06T00:00:00Z'],
    ['06.05.2024 um 07 Uhr', { format: "dd.MM.yyyy 'um' HH 'Uhr'", zone: 'UTC' }, '2024-05-06T07:00:00Z'],
    [
      '2024-05-06 07:08:09.123456',
      { format: 'yyyy-MM-dd HH:mm:ss.SSSSSS', zone: 'UTC' },
      '2024-05-06T07:08:09.123456Z',
    ],
    ['2024-05-06 07:08:09,5', { format: 'yyyy-MM-dd HH:mm:ss,S', zone: 'UTC' }, '2024-05-06T07:08:09.5Z'],
    [new WrittenNumber('17149792890.12345678'), { format: 'epoch-seconds' }, '2513-06-15T23:21:30.12345678Z'],
    [1714979289, { format: 'epoch-seconds' }, '2024-05-06T07:08:09Z'],
    ['1714979289.123456789', { format: 'epoch-seconds' }, '2024-05-06T07:08:09.123456789Z'],
    [1714979289.1, { format: 'epoch-seconds' }, '2024-05-06T07:08:09.1Z'],
    [-0.5, { format: 'epoch-seconds' }, '1969-12-31T23:59:59.5Z'],
    [1714979289050n, { format: 'epoch-milliseconds' }, '2024-05-06T07:08:09.05Z'],
    ['-1', { format: 'epoch-milliseconds' }, '1969-12-31T23:59:59.999Z'],
    ['2024-05-06', { format: ['dd.MM.yyyy', 'iso'], zone: 'UTC' }, '2024-05-06T00:00:00Z'],
    ['01/02/2024', { format: ['dd/MM/yyyy', 'MM/dd/yyyy'], zone: 'UTC' }, '2024-02-01T00:00:00Z'],
    ['12/25/2024', { format: ['dd/MM/yyyy', 'MM/dd/yyyy'], zone: 'UTC' }, '2024-12-25T00:00:00Z'],
    [1714979289050, { format: ['epoch-seconds', 'epoch-milliseconds'] }, '2024-05-06T07:08:09.05Z'],
  ])('reads %o in the format of %o as %s', (value, spec, text) => {
    expect(parseInstant(value, spec)).toEqual({ text })
  })

  it.each<[unknown, InstantSpec, string]>([
    ['2024-05-06T07:08:09', {}, 'no time zone in the text and none declared'],
    ['2024-02-30T00:00:00Z', {}, noDay],
    ['2023-02-29T00:00:00Z', {}, noDay],
    ['2024-13-01T00:00:00Z', {}, noDay],
    ['2024-05-06T24:00:00Z', {}, noClock],
    ['2024-05-06T24:01:00Z', {}, noClock],
    ['2024-05-06 13:00 PM', { format: 'yyyy-MM-dd h:mm a', zone: 'UTC' }, noClock],
    ['2024-05-06 0:30 AM', { format: 'yyyy-MM-dd h:mm a', zone: 'UTC' }, noClock],
    ['2016-12-31T23:59:60Z', {}, noClock],
    ['0000-05-06T00:00:00Z', {}, noYear],
    ['9999-12-31T23:59:59-01:00', {}, noYear],
    ['2024-03-31 02:30', berlin, 'the time does not exist in Europe/Berlin (clocks went forward)'],
    ['2024-03-31 02:00', berlin, 'the time does not exist in Europe/Berlin (clocks went forward)'],
    ['2024-10-27 02:00', berlin, 'the time exists twice in Europe/Berlin (clocks went back)'],
    ['2024-10-27 02:59:59', berlin, 'the time exists twice in Europe/Berlin (clocks went back)'],
    [
      '2018-11-04',
      { zone: 'America/Sao_Paulo' },
      'the time does not exist in America/Sao_Paulo (clocks went forward)',
    ],
    [
      '2011-12-30 12:00',
      { zone: 'Pacific/Apia' },
      'the time does not exist in Pacific/Apia (clocks went forward)',
    ],
    ['2024-05-06T07:08:09.1234567890Z', {}, 'text that does not fit the format iso'],
    ['May 6', {}, 'text that does not fit the format iso'],
    ['', {}, 'text that does not fit the format iso'],
    [1714979289, {}, 'a number that does not fit the format iso'],
    ['6.5.24', { format: ['dd.MM.yyyy', 'iso'] }, 'text that does not fit the format dd.MM.yyyy or iso'],
    ['31.02.2024', { format: ['dd.MM.yyyy', 'iso'], zone: 'UTC' }, noDay],
    ['0.0000000001', { format: 'epoch-seconds' }, 'a fraction finer than a nanosecond'],
    [1e15, { format: 'epoch-seconds' }, noYear],
    ['yesterday', { format: 'epoch-seconds' }, 'text that does not fit the format epoch-seconds'],
    [Number.NaN, { format: 'epoch-seconds' }, 'a number that does not fit the format epoch-seconds'],
    [new Date(Number.NaN), {}, 'an invalid Date'],
    [new Date(8.64e15), {}, noYear],
    [true, {}, 'neither text, a number nor a Date'],
    [null, {}, 'neither text, a number nor a Date'],
  ])('refuses %o with %o: %s', (value, spec, problem) => {
    expect(parseInstant(value, spec)).toEqual({ problem })
  })

  it.each<[string, InstantSpec, string]>([
    ['twelve hours without their half', { format: 'yyyy-MM-dd hh:mm' }, 'h and a belong together'],
    ['the half of a day of 24 hours', { format: 'yyyy-MM-dd HH:mm a' }, 'h and a belong together'],
    ['a letter that means nothing', { format: 'YYYY-MM-DD' }, 'YYYY means nothing there'],
    ['a part that stands twice', { format: 'dd/d/MM/yyyy' }, 'the day stands in it twice'],
    ['a format without a year', { format: 'dd.MM.' }, 'it has no year'],
    ['a day without its month', { format: 'dd/yyyy' }, 'it has no month'],
    ['a time without its day', { format: 'MM/yyyy HH:mm' }, 'it has no day'],
    ['an offset without a day', { format: 'yyyyZ' }, 'it has no month'],
    ['a zone that there is not', { zone: 'Europe/Atlantis' }, 'There is no time zone Europe/Atlantis'],
  ])('%s is an error of the definition', (_, spec, message) => {
    const attempt = () => parseInstant('2024-05-06', spec)
    expect(attempt).toThrow(DefinitionError)
    expect(attempt).toThrow(message)
  })

  const instant = fc
    .date({
      min: new Date('1850-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Monrovia',
  )

  it("a zone's wall clock leads back to the instant, or is one of two that show it", () => {
    fc.assert(
      fc.property(instant, zone, (date, name) => {
        const parsed = parseInstant(wallClockIn(name, date), { zone: name })
        const twice = { problem: `the time exists twice in ${name} (clocks went back)` }
        const same = { text: date.toISOString().replace('.000Z', 'Z') }
        expect(parsed).toEqual('text' in parsed ? same : twice)
      }),
    )
  })

  it('the text of an instant is read as that instant', () => {
    fc.assert(
      fc.property(instant, (date) => {
        const once = parseInstant(date, {})
        expect(parseInstant('text' in once && once.text, {})).toEqual(once)
        expect(parseInstant(date.getTime() / 1000, { format: 'epoch-seconds' })).toEqual(once)
      }),
    )
  })
})

/** By Intl, which knows nothing of the code under test. */
function wallClockIn(zone: string, date: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    date,
  )
}
