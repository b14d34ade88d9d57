import { expect, it } from 'vitest'
import { extendedValue } from '../../../src/inspect/text/extended-json.js'

it.each([
  [{ $oid: '507f1f77bcf86cd799439011' }, { kind: '$oid', inner: '507f1f77bcf86cd799439011' }],
  [{ $date: '2020-01-01T00:00:00Z' }, { kind: '$date', inner: '2020-01-01T00:00:00Z' }],
  [{ $date: { $numberLong: '5' } }, { kind: '$date', inner: '5' }],
  [{ $numberDecimal: '1.50' }, { kind: '$numberDecimal', inner: '1.50' }],
  [{ $oid: 'a', more: 1 }, undefined],
  [{ $date: { when: 1 } }, undefined],
  [{ $key: 'a' }, undefined],
  [{}, undefined],
])('%j is unwrapped to %j', (object, value) => {
  expect(extendedValue(object)).toEqual(value)
})
