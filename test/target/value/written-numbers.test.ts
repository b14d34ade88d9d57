import { expect, test } from 'vitest'
import { encodeValue } from '../../../src/target/value/encode-value.js'
import { parseColumnType } from '../../../src/target/value/parse-column-type.js'
import { WrittenNumber } from '../../../src/written-number.js'

const encode = (type: string, text: string) => encodeValue(parseColumnType(type), new WrittenNumber(text))

test.each([
  ['bigint', '1e18', '1000000000000000000'],
  ['bigint', '-9223372036854775808.0', '-9223372036854775808'],
  ['numeric', '12345678901234567890.123456789', '12345678901234567890.123456789'],
  ['numeric', '1.5e-30', '0.0000000000000000000000000000015'],
  ['numeric(40, 2)', '1e20', '100000000000000000000.00'],
  ['double precision', '1e300', '1e+300'],
  ['jsonb', '1e20', '100000000000000000000'],
  ['jsonb', '-0.100000000000000000010', '-0.10000000000000000001'],
  ['inet', '1e20', '1e20'],
  ['numeric[]', '1e20', undefined],
])('a number as it was written, for %s: %s', (type, text, encoded) => {
  if (encoded !== undefined) expect(encode(type, text)).toEqual({ text: encoded })
  else expect(encode(type, text)).toMatchObject({ refusal: { code: 'type' } })
})

test.each([
  ['text', '1e400', 'type'],
  ['boolean', '1e400', 'type'],
  ['date', '1e400', 'type'],
  ['bigint', '1e400', 'out_of_range'],
  ['bigint', '9007199254740993.5', 'type'],
  ['numeric(10, 2)', '1.0000000000000000000005', 'out_of_range'],
  ['double precision', '1e400', 'out_of_range'],
  ['double precision', '0.10000000000000000001', 'out_of_range'],
  ['jsonb', '1e2000', 'out_of_range'],
])('a number that %s does not hold is refused: %s', (type, text, code) => {
  const encoded = encode(type, text)
  expect(encoded).toMatchObject({ refusal: { code } })
  expect(JSON.stringify(encoded)).not.toContain(text)
})
