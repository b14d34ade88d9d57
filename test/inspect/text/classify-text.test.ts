import { expect, it } from 'vitest'
import { classifyText } from '../../../src/inspect/text/classify-text.js'
import { scanText } from '../../../src/inspect/text/scan-text.js'

it.each([
  ['0B8f6f2e-5f0c-4d0b-9a53-6d8f6b1c2a10', 'uuid'],
  ['507f1f77bcf86cd799439011', 'object-id'],
  ['ada@example.org', 'e-mail'],
  [' Ada@Example.org ', 'e-mail'],
  ['ada@localhost', undefined],
  ['https://example.org/a?b=1', 'url'],
  ['HTTP://x.y', 'url'],
  ['2024-05-06', 'iso-date'],
  ['2024-05-06T07:08:09Z', 'iso-timestamp'],
  ['2024-05-06 07:08:09.123+02:00', 'iso-timestamp'],
  ['2024-05-06T07:08', 'iso-timestamp-local'],
  ['Mon, 25 Dec 1995 13:30:00 GMT', 'rfc-2822'],
  ['25 Dec 1995 13:30:00 +0100', 'rfc-2822'],
  ['31.12.2019 08:15', 'dd.MM.yyyy HH:mm'],
  ['0', 'integer'],
  ['-17', 'integer'],
  ['007', undefined],
  ['4705.50', 'decimal'],
  ['1.249,00', undefined],
  ['Y', 'boolean'],
  ['False', 'boolean'],
  ['{"a": 1}', 'json'],
  ['[1, 2]', 'json'],
  ['{not json}', undefined],
  ['deadBEEF01', 'hex'],
  ['cafe', undefined],
  ['active', undefined],
  ['Kestrel Labs', undefined],
  ['x'.repeat(1_000), undefined],
])('%j is %s', (text, pattern) => {
  expect(classifyText(text, scanText(text))).toBe(pattern)
})
