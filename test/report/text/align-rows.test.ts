import { expect, it } from 'vitest'
import { alignRows } from '../../../src/report/text/align-rows.js'

it('columns line up whatever the width of their characters, and colours take no room', () => {
  const red = (text: string): string => `<${text}>`
  const rows = [
    [{ text: '東京' }, { text: '1', paint: red }],
    [{ text: 'e\u0301' }, { text: '1,000' }],
    [{ text: 'bern' }, { text: '20' }],
  ]
  expect(alignRows(rows, 'lr')).toEqual(['東京      <1>', 'e\u0301     1,000', 'bern     20'])
})
