import { expect, it } from 'vitest'
import { formatJson } from '../../src/report/format-json.js'

it('what a terminal would act upon is written out, and the value stays the same', () => {
  const value = { key: '\u009b2J\u202egpj\u007f\u2028' }
  const text = formatJson(value)
  expect(text).toBe('{"key":"\\u009b2J\\u202egpj\\u007f\\u2028"}')
  expect(JSON.parse(text)).toEqual(value)
})
