import { expect, test } from 'vitest'
import { type CleanSpec, cleanText } from '../../src/record/clean-text.js'

test.each<[string, CleanSpec, string | null]>([
  [' \u00a0\ufeffADA\r\n', { trim: true }, 'ADA'],
  [' a ', { trim: 'start' }, 'a '],
  [' a ', { trim: 'end' }, ' a'],
  [' a ', { trim: false }, ' a '],
  ['e\u0301', { normalize: 'NFC' }, 'é'],
  ['é', { normalize: 'NFD' }, 'e\u0301'],
  ['ﬁ²', { normalize: 'NFKC' }, 'fi2'],
  ['ÄÖẞ', { case: 'lower' }, 'äöß'],
  ['straße', { case: 'upper' }, 'STRASSE'],
  ['', { empty: 'null' }, null],
  ['', {}, ''],
  ['  ', { trim: true, empty: 'null' }, null],
  ['  ', { empty: 'null' }, '  '],
  ['a\0b\0', { nul: 'strip' }, 'ab'],
  ['\0', { nul: 'strip', empty: 'null' }, null],
  ['a\ud83d', { surrogates: 'replace' }, 'a\ufffd'],
  ['😀', { surrogates: 'replace' }, '😀'],
  // Taking a NUL out may join two halves, which are whole then.
  ['\ud83d\0\ude00', { nul: 'strip', surrogates: 'replace' }, '😀'],
  // A normal form may bring in a blank, and the case may undo a normal form.
  ['\u00a0A\u0308', { normalize: 'NFKC', case: 'lower', trim: true }, 'ä'],
  [' e\u0301\r\n\u200b\0', {}, ' e\u0301\r\n\u200b\0'],
])('%j with %o is %j', (text, spec, expected) => {
  expect(cleanText(text, spec)).toBe(expected)
})
