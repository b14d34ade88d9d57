import { expect, it } from 'vitest'
import { parseInstant } from '../../../src/record/parse-instant.js'
import { classifyDate } from '../../../src/inspect/text/classify-date.js'

it.each([
  ['31.12.2019', 'dd.MM.yyyy'],
  ['1.2.2019', 'd.M.yyyy'],
  ['03.04.2019 8:15', 'dd.MM.yyyy H:mm'],
  ['31.12.2019 08:15:59', 'dd.MM.yyyy HH:mm:ss'],
  ['12/31/2019', 'MM/dd/yyyy'],
  ['31/12/2019', 'dd/MM/yyyy'],
  ['31-12-2019', 'dd-MM-yyyy'],
  ['2019/12/31', 'yyyy/MM/dd'],
  ['2019.12.31 23:59', 'yyyy.MM.dd HH:mm'],
])('%s is written by %s, which timestamp reads', (text, pattern) => {
  expect(classifyDate(text)).toBe(pattern)
  expect(parseInstant(text, { format: pattern, zone: 'UTC' })).toHaveProperty('text')
})

it('a date that may be read in two ways is told as such', () => {
  expect(classifyDate('03/04/2019')).toBe('dd/MM/yyyy or MM/dd/yyyy')
})

it.each(['12.31.2019', '32/13/2019', '0.1.2019', '2019/13/01', '1.2.19', '127.0.0.1'])(
  '%s is no date',
  (text) => {
    expect(classifyDate(text)).toBeUndefined()
  },
)
