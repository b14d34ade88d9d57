import { expect, test } from 'vitest'
import type { AtWork } from '../../src/source/at-work.js'
import { openSource } from '../../src/source/open-source.js'
import { temporaryFolder } from './temporary-folder.js'

test.each([
  ['a.json', '[{"at":1},{"at":2}]'],
  ['a.ndjson', '{"at":1}\n{"at":2}\n'],
])('whoever measures how long reading takes does the work of reading %s', async (name, text) => {
  const folder = temporaryFolder({ [name]: text })
  const source = await openSource({ files: name }, { baseDir: folder, displayDir: folder })
  const made: unknown[] = []
  const watching: AtWork = (work) => {
    const result = work()
    made.push(result)
    return result
  }
  const read = []
  for await (const chunk of source.chunks(undefined, watching)) read.push(...chunk)
  expect(read.map(({ value }) => value)).toEqual([{ at: 1 }, { at: 2 }])
  expect(made.flatMap((result) => (result as { records?: unknown[] } | undefined)?.records ?? [])).toEqual(
    read,
  )
  // What finds the records in the text is done so, too.
  expect(made).toContain(undefined)
})
