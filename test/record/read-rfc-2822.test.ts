import { expect, test } from 'vitest'
import { parseInstant } from '../../src/record/parse-instant.js'

const read = (text: string, zone?: string) =>
  parseInstant(text, { format: 'rfc-2822', ...(zone === undefined ? {} : { zone }) })

// Examples of RFC 5322, appendix A, and of what mail programs wrote.
test.each([
  ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06Z'],
  ['Tue, 1 Jul 2003 10:52:37 +0200', '2003-07-01T08:52:37Z'],
  ['Thu, 13 Feb 1969 23:32 -0330', '1969-02-14T03:02:00Z'],
  [
    'Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)',
    '1969-02-14T03:02:00Z',
  ],
  ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06Z'],
  ['Mon, 06 May 2024 07:08:09 +0200 (CEST (nested \\) one))', '2024-05-06T05:08:09Z'],
  ['(Monday) 6 May 24 07 : 08 : 09 EST', '2024-05-06T12:08:09Z'],
  ['mon, 6 may 2024 07:08:09 pdt', '2024-05-06T14:08:09Z'],
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
  ['6 May 2024 07:08:09 -0000', '2024-05-06T07:08:09Z'],
  ['6 May 124 07:08:09 UT', '2024-05-06T07:08:09Z'],
  ['29 Feb 2000 00:00:00 Z', '2000-02-29T00:00:00Z'],
  ['1 Jan 49 00:00 +0000', '2049-01-01T00:00:00Z'],
  ['1 Jan 50 00:00 +0000', '1950-01-01T00:00:00Z'],
])('%j is %s', (text, instant) => {
  expect(read(text)).toEqual({ text: instant })
})

test.each([
  ['Tue, 6 May 2024 07:08:09 +0200', 'a day of the week that is not that of the date'],
  ['30 Feb 2024 07:08:09 +0200', 'a day that no calendar has'],
  ['6 May 2024 24:01:00 +0200', 'a time of day that no clock shows'],
  ['31 Dec 2016 23:59:60 GMT', 'a time of day that no clock shows'],
  ['6 May 2024 07:08:09', 'no time zone in the text and none declared'],
  // RFC 5322, 4.3: a single letter tells nothing about the zone.
  ['6 May 2024 07:08:09 A', 'no time zone in the text and none declared'],
  ['6 May 2024 07:08:09 CEST', 'the name of a zone that has no one meaning'],
  ['6 May 2024 07:08:09 +0270', 'text that does not fit the format rfc-2822'],
  ['6 May 2024 07:08:09 +02:00', 'text that does not fit the format rfc-2822'],
  ['6 Mai 2024 07:08:09 +0200', 'text that does not fit the format rfc-2822'],
  ['6 May 2024 07:08:09 +0200 (open', 'text that does not fit the format rfc-2822'],
  ['6 May 2024 07:08:09 +0200)', 'text that does not fit the format rfc-2822'],
  ['2024-05-06T07:08:09Z', 'text that does not fit the format rfc-2822'],
  ['6 May 10000 07:08:09 +0200', 'a year outside 0001–9999'],
])('%j is refused: %s', (text, problem) => {
  expect(read(text)).toEqual({ problem })
})

test('a declared zone stands for the one that is missing', () => {
  expect(read('6 May 2024 07:08:09', 'Europe/Berlin')).toEqual({ text: '2024-05-06T05:08:09Z' })
})
