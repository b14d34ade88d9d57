import type { OutlineNode } from '../../source/json/outline-scanner.js'

/** Of the keys that the values of an object have, so many must occur in more than one for them to be records. */
const ALIKE = 0.3

/**
 * Where in a document the lists of records are, as the steps of JSON Pointers: arrays that have objects, and objects
 * whose values are objects of one shape. The root alone when it is such a list; none when there is no list at all.
 */
export function findLists(root: OutlineNode | undefined): string[][] {
  if (root === undefined || root.kind === 'array') return [[]]
  return listsIn(root, [])
}

function listsIn(node: OutlineNode, steps: string[]): string[][] {
  if (node.kind === 'array') return node.values.objects > 0 ? [steps] : []
  if (isKeyedList(node)) return [steps]
  return [...node.entries].flatMap(([key, entry]) =>
    entry === undefined ? [] : listsIn(entry, [...steps, key]),
  )
}

/** True for `{ "a": { "name": … }, "b": { "name": … } }`, and not for `{ "users": { … }, "roles": { … } }`. */
function isKeyedList({ values, entries }: OutlineNode): boolean {
  if (values.objects < 2 || values.arrays + values.scalars > 0) return false
  const records = [...entries.values()].filter((entry) => entry !== undefined)
  if (records.every(hasObjectsAlone)) return false
  const counts = new Map<string, number>()
  for (const { entries: fields } of records) {
    for (const key of fields.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const shared = [...counts.values()].filter((count) => count > 1).length
  return shared > 0 && shared >= counts.size * ALIKE
}

function hasObjectsAlone({ values }: OutlineNode): boolean {
  return values.objects > 0 && values.arrays + values.scalars === 0
}
