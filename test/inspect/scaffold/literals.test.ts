import { expect, it } from 'vitest'
import { inComment, propertyKey, propertyOf, stringLiteral } from '../../../src/inspect/scaffold/literals.js'

const texts = [
  'plain',
  `it's "quoted"`,
  'back\\slash',
  'line\nbreak',
  '${x} `y`',
  '\u2028\u202e\u0085',
  'cut \ud83d',
  '大森 🙂',
  '',
  '__proto__',
  '*/ //',
]

it.each(texts)('%j is written so that TypeScript reads it as it was', (text) => {
  const literal = stringLiteral(text)
  // oxlint-disable-next-line no-implied-eval -- that it evaluates to the same text is the rule
  const read = (code: string): unknown => (new Function(`return ${code}`) as () => unknown)()
  expect(read(literal)).toBe(text)
  expect(Object.keys(read(`({ ${propertyKey(text)}: 1 })`) as object)).toEqual([text])
  expect(literal).toMatch(/^'[^\n\r\u2028\u2029\u202e]*'$/)
})

it('a comment stays on its line', () => {
  expect(inComment('a\n*/ evil()')).toBe('a\\n*/ evil()')
})

it.each([
  ['name', 'record.name'],
  ['class', 'record.class'],
  ['日本', 'record.日本'],
  ['my field', "record['my field']"],
])('the property %s is reached as %s', (name, code) => {
  expect(propertyOf('record', name)).toBe(code)
})
