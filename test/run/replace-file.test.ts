import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceFile } from '../../src/run/replace-file.js'

async function* parts(...texts: string[]): AsyncGenerator<string> {
  for (const text of texts) {
    await Promise.resolve()
    if (text === 'fails') throw new Error('fails')
    yield text
  }
}

test('a file takes the place of the one before, and only its owner may read it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'carryover-'))
  const path = join(dir, 'a.ndjson')
  await writeFile(path, 'before', { mode: 0o644 })
  await replaceFile(path, parts('1\n', '2\n'))
  expect(await readFile(path, 'utf8')).toBe('1\n2\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(dir)).toEqual(['a.ndjson'])
})

test('a failure leaves the file as it was, and nothing beside it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'carryover-'))
  const path = join(dir, 'a.ndjson')
  await writeFile(path, 'before')
  await expect(replaceFile(path, parts('1\n', 'fails'))).rejects.toThrow('fails')
  expect(await readFile(path, 'utf8')).toBe('before')
  expect(await readdir(dir)).toEqual(['a.ndjson'])
})
