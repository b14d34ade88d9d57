import { expect, test } from 'vitest'
import { type DateSpec, parseDate } from '../../src/record/parse-date.js'

const berlin = { zone: 'Europe/Berlin' }

test.each<[unknown, DateSpec, string]>([
  ['2024-05-06', {}, '2024-05-06'],
  ['2024-05-06', { zone: 'Pacific/Kiritimati' }, '2024-05-06'],
  ['2024-05-06 00:00:00', {}, '2024-05-06'],
  ['2024-05-06T00:00', {}, '2024-05-06'],
  ['06.05.2024', { format: 'dd.MM.yyyy' }, '2024-05-06'],
  ['May 6, 2024', { format: 'MMMM d, yyyy' }, '2024-05-06'],
  ['1977', { format: ['yyyy-MM-dd', 'yyyy'] }, '1977-01-01'],
  ['1986-07-15', { format: ['yyyy-MM-dd', 'yyyy'] }, '1986-07-15'],
  [1977, { format: 'yyyy' }, '1977-01-01'],
  ['2/1977', { format: 'M/yyyy' }, '1977-02-01'],
  ['May 1977', { format: 'MMMM yyyy' }, '1977-05-01'],
  [20240506, { format: 'yyyyMMdd' }, '2024-05-06'],
  ['0001-01-01', {}, '0001-01-01'],
  ['2024-05-05T22:00:00Z', berlin, '2024-05-06'],
  ['2024-05-06T00:00:00.000Z', { zone: 'UTC' }, '2024-05-06'],
  ['2024-05-06T00:00:00+02:00', { zone: '+02:00' }, '2024-05-06'],
  ['2024-03-31', berlin, '2024-03-31'],
  // A day whose midnight the zone skipped is a day all the same.
  ['2018-11-04', { zone: 'America/Sao_Paulo' }, '2018-11-04'],
  [new Date('2024-05-05T22:00:00Z'), berlin, '2024-05-06'],
  [1714946400, { format: 'epoch-seconds', ...berlin }, '2024-05-06'],
  ['2024-05-06 14:30', { time: 'drop' }, '2024-05-06'],
  ['2024-05-05T22:30:00Z', { ...berlin, time: 'drop' }, '2024-05-06'],
  ['1890-01-01T00:00:00.000Z', { ...berlin, time: 'drop' }, '1890-01-01'],
])('%o with %o is the day %s', (value, spec, text) => {
  expect(parseDate(value, spec)).toEqual({ text })
})

const anInstant = 'an instant, whose day depends on the zone, and none is declared'
const aTime = 'a time of day, which a date would lose'

test.each<[unknown, DateSpec, string]>([
  ['1977', {}, 'text that does not fit the format iso'],
  ['1977-00', { format: 'yyyy-MM' }, 'a day that no calendar has'],
  ['2024-02-30', {}, 'a day that no calendar has'],
  ['0000-00-00', {}, 'a year outside 0001–9999'],
  ['2024-05-06T00:00:00Z', {}, anInstant],
  [new Date('2024-05-06T00:00:00Z'), {}, anInstant],
  [0, { format: 'epoch-seconds' }, anInstant],
  ['2024-05-06 14:30', {}, aTime],
  ['2024-05-06 00:00:00.001', {}, aTime],
  ['2024-05-05T22:30:00Z', berlin, aTime],
  ['2024-05-06T00:00:00Z', berlin, aTime],
  ['9999-12-31T23:00:00Z', { ...berlin, time: 'drop' }, 'a year outside 0001–9999'],
  ['06.05.2024', {}, 'text that does not fit the format iso'],
  [true, {}, 'neither text, a number nor a Date'],
])('%o with %o is refused: %s', (value, spec, problem) => {
  expect(parseDate(value, spec)).toEqual({ problem })
})
