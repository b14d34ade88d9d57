import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markOf, printMarks, type AppliedMark } from '../../src/record/applied-marks.js'
import { newRowMarks } from '../../src/record/new-row-marks.js'

const columns = fc.uniqueArray(
  fc.record({
    name: fc.oneof(fc.constantFrom('id', 'naïve', 'a"b', '表', ''), fc.string({ unit: 'grapheme' })),
    kind: fc.constantFrom('text', 'numeric', 'json'),
    isGiven: fc.boolean(),
    isOpen: fc.boolean(),
    text: fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1.50', '2.00', '10'))),
  }),
  { selector: ({ name }) => name },
)

test('the marks of a new row are those that are printed one by one, whatever is left out', () => {
  fc.assert(
    fc.property(columns, (row) => {
      const expected = new Map<string, AppliedMark>()
      for (const { name, kind, isGiven, isOpen, text } of row) {
        const held = markOf(kind, text)
        if (!isOpen) expected.set(name, { source: isGiven ? held : undefined, held })
      }
      const print = newRowMarks(
        row.map(({ name, kind, isGiven }, position) => ({
          quoted: JSON.stringify(name),
          kind,
          isGiven,
          position,
        })),
      )
      const open = new Set(row.flatMap(({ isOpen }, position) => (isOpen ? [position] : [])))
      expect(
        print(
          row.map(({ text }) => text),
          open,
        ),
      ).toBe(printMarks(expected))
    }),
  )
})

test('columns stand where they are said to stand, and one row does not show in the next', () => {
  const print = newRowMarks([{ quoted: '"b"', kind: 'text', isGiven: true, position: 1 }])
  const mark = (text: string) => `{"b":"${markOf('text', text)}"}`
  expect([print(['x', 'a long text']), print(['y', 'z']), print(['x', null])]).toEqual([
    mark('a long text'),
    mark('z'),
    '{"b":"-"}',
  ])
})
