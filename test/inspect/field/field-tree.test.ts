import { expect, it } from 'vitest'
import { MemoryBudget } from '../../../src/inspect/counting/memory-budget.js'
import { formatFieldPath } from '../../../src/inspect/field/field-path.js'
import { FieldTree } from '../../../src/inspect/field/field-tree.js'

function pathsOf(records: readonly object[]): Record<string, string> {
  const tree = new FieldTree(new MemoryBudget(1_000_000))
  for (const record of records) tree.add(record)
  return Object.fromEntries(
    Array.from(tree, ({ node, of }) => [formatFieldPath(node.steps), `${node.stats.present}/${of}`]),
  )
}

it('inner fields are counted of the objects that could have them, elements of arrays of the elements', () => {
  const records = [
    { address: { city: 'Bern' }, tags: ['a', 'b'], lines: [{ sku: 1 }, { sku: 2, n: 1 }] },
    { address: { city: 'Basel', zip: '4000' }, tags: [] },
    { address: null },
  ]
  expect(pathsOf(records)).toEqual({
    address: '3/3',
    'address.city': '2/2',
    'address.zip': '1/2',
    tags: '2/3',
    'tags[]': '2/2',
    lines: '1/3',
    'lines[]': '2/2',
    'lines[].sku': '2/2',
    'lines[].n': '1/2',
  })
})

it('an object that is a dictionary does not make a field of each of its keys', () => {
  const records = Array.from({ length: 1_000 }, (_, index) => ({ names: { [`key ${index}`]: 'x' } }))
  const paths = pathsOf(records)
  expect(Object.keys(paths)).toHaveLength(62)
  expect(paths['names.*']).toBe('940/940')
})

it('records that are dictionaries, at every level, stay within a number of fields', () => {
  const records = Array.from({ length: 700 }, (_, index) => ({
    [`outer ${index}`]: Object.fromEntries(Array.from({ length: 70 }, (_v, inner) => [`inner ${inner}`, 1])),
  }))
  expect(Object.keys(pathsOf(records)).length).toBeLessThan(3_000)
})

it('very deep values end the looking, not the program', () => {
  const deep = JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)) as object
  expect(Object.keys(pathsOf([deep]))).toHaveLength(8)
})
