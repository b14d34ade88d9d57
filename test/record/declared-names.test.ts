import { expect, test } from 'vitest'
import { z } from 'zod'
import { declaredNames } from '../../src/record/declared-names.js'

type Tree = { label: string; children: Tree[] }
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ label: z.string(), children: z.array(tree) }))

test.each<[z.ZodType, string[]]>([
  [z.string(), []],
  [z.object({ a: z.string(), b: z.object({ c: z.string() }).nullish() }), ['a', 'b', 'c']],
  [z.array(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])), ['a', 'b']],
  [z.preprocess((value) => value, z.object({ a: z.string() })), ['a']],
  [z.object({ a: z.string() }).transform((record) => record), ['a']],
  [z.record(z.string(), z.object({ a: z.string() })), ['a']],
  [z.tuple([z.object({ a: z.string() })], z.object({ b: z.string() })), ['a', 'b']],
  [tree, ['label', 'children']],
])('a schema declares the names of its fields, however deep', (schema, names) => {
  expect([...declaredNames(schema)].toSorted()).toEqual(names.toSorted())
})
