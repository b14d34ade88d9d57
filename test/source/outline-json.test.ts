import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findFiles } from '../../src/source/file/find-files.js'
import type { OutlineNode } from '../../src/source/json/outline-scanner.js'
import { outlineJson } from '../../src/source/outline-json.js'
import { temporaryFolder } from './temporary-folder.js'

async function outline(content: string | Uint8Array, name = 'a.json') {
  const folder = temporaryFolder({ [name]: content })
  const [file] = await findFiles(join(folder, name), {
    baseDir: folder,
    displayDir: folder,
    standardInput: () => Promise.reject(new Error('not asked for')),
  })
  return outlineJson(file!, undefined)
}

/** The node as nested plain data: kinds of the values, then the entries. */
function plain(node: OutlineNode | undefined): unknown {
  if (node === undefined) return null
  const { objects, arrays, scalars } = node.values
  const entries = [...node.entries].map(([key, entry]) => [key, plain(entry)])
  return [
    `${node.kind} ${objects}/${arrays}/${scalars}`,
    ...(entries.length === 0 ? [] : [Object.fromEntries(entries)]),
  ]
}

it('tells the containers of a document, what their values are, and under which keys', async () => {
  const text =
    '{"made": 1, "data": {"users": [{"a": [1]}, {"b": "]"}, 3], "k\\u0065y": {}}, "tags": ["x", null]}'
  expect(plain((await outline(text)).root)).toEqual([
    'object 1/1/1',
    {
      made: null,
      data: ['object 1/1/0', { users: ['array 2/0/1'], key: ['object 0/0/0'] }],
      tags: ['array 0/0/2'],
    },
  ])
})

it('is the same however the file is stored', async () => {
  const text = `\ufeff{"users": [${'{"name": "x"},'.repeat(60_000)} {}], "other": {"${'k'.repeat(300_000)}": [1]}}`
  const stored = plain((await outline(text)).root)
  expect(stored).toEqual(plain((await outline(gzipSync(text), 'a.json.gz')).root))
  expect(stored).toMatchObject(['object 1/1/0', { users: ['array 60001/0/0'] }])
})

it('keeps little of an object with very many entries, and knows how many they are', async () => {
  const entries = Array.from({ length: 1_000 }, (_, index) => `"${index}": {"a": 1}`)
  const { root: node } = await outline(`{${entries.join()}}`)
  expect(node?.values.objects).toBe(1_000)
  expect(node?.entries.size).toBe(50)
})

it.each([
  ['[1, 2]', 'array', true],
  ['{"a": [{}]}', 'object', true],
  ['"text"', undefined, true],
  ['{"a": [{}], oops', 'object', false],
  ['{"a": [{}]} {"b": 1}', 'object', false],
  ['{"a": [', 'object', false],
  ['', undefined, false],
])('answers %j as far as it can be read, and whether that is all', async (text, kind, isSound) => {
  const found = await outline(text)
  expect([found.root?.kind, found.isSound]).toEqual([kind, isSound])
})
