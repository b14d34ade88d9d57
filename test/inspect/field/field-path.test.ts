import { expect, it } from 'vitest'
import { formatFieldPath, type Step, valuesAt } from '../../../src/inspect/field/field-path.js'

const key = (name: string): Step => ({ kind: 'key', key: name })
const elements: Step = { kind: 'elements' }
const anyKey: Step = { kind: 'anyKey' }

const record = JSON.parse(
  '{"a.b": {"c": 1}, "lines": [{"sku": "x"}, {"sku": "y"}, 3], "tags": [["p"], "q"], "map": {"k": 5}, "__proto__": {"z": 2}}',
) as unknown

it.each<[Step[], string, unknown[]]>([
  [[key('a.b'), key('c')], '"a.b".c', [1]],
  [[key('lines'), elements, key('sku')], 'lines[].sku', ['x', 'y']],
  [[key('tags'), elements, elements], 'tags[][]', ['p']],
  [[key('map'), anyKey], 'map.*', [5]],
  [[key('__proto__'), key('z')], '__proto__.z', [2]],
  [[key('toString')], 'toString', []],
  [[key('my field')], 'my field', []],
  [[key('日本')], '日本', []],
])('%j is read as %s and leads to %j', (steps, path, values) => {
  expect(formatFieldPath(steps)).toBe(path)
  expect(valuesAt(record, steps)).toEqual(values)
})
