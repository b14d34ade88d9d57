import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../src/source/open-source.js'
import type { SourceDefinition } from '../../src/source/source-definition.js'
import { readAll } from './read-all.js'
import { readChunks } from './read-chunks.js'
import { temporaryFolder } from './temporary-folder.js'

const open = (folder: string, definition: SourceDefinition, maxElementBytes = 1_000) =>
  openSource(definition, { baseDir: folder, displayDir: folder, maxElementBytes })

describe('a source that is read through', () => {
  test.each<[string, string, string | Uint8Array, object]>([
    ['sound JSON', 'a.json', '[{"id":1},{"id":2}]', {}],
    ['sound lines', 'a.ndjson', '{"id":1}\n{"id":2}', {}],
    ['sound gzip', 'a.json.gz', gzipSync('[1,2,3]'), {}],
    ['a list that some elements lack', 'a.json', '[{"u":[1]},{}]', { at: '/*/u' }],
    ['a list that all elements lack', 'a.json', '[{"u":[1]},{}]', { at: '/*/users' }],
    ['a list that no element could have', 'a.json', '[]', { at: '/*/u' }],
    ['a broken record', 'a.json', '[{"id":1},{"id":oops},{"id":3}]', {}],
    ['a broken document', 'a.json', '{"id":1} {"id":', { format: 'concatenated' }],
    ['a broken line', 'a.ndjson', '{"id":1}\n{"id"\n', {}],
    ['a number that JSON has not', 'a.json', '[01]', {}],
    ['a file that ends too early', 'a.json', '[1,2', {}],
    ['Latin-1', 'a.json', Buffer.from('["Jos\xe9"]', 'latin1'), {}],
    ['gzip that is cut off', 'a.json.gz', gzipSync('[1,2,3]').subarray(0, 20), {}],
    ['a record beyond the limit', 'a.json', `["${'x'.repeat(2_000)}"]`, {}],
    ['a path that leads nowhere', 'a.json', '{"user":[]}', { at: '/users' }],
  ])('says of %s what its records say', async (_, name, content, how) => {
    const folder = temporaryFolder({ [name]: content })
    const definition = { files: name, ...how }
    const { fault } = await readAll(folder, definition, { maxElementBytes: 1_000 })
    const source = await open(folder, definition)
    const reading = source.readThrough(new Map())
    if (fault === undefined) await expect(reading).resolves.toBeUndefined()
    else await expect(reading).rejects.toMatchObject({ message: fault.message, location: fault.location })
  })

  test('of a list that no element of any file has, the first that lacks it is named', async () => {
    const folder = temporaryFolder({ 'a.json': '[]', 'b.json': '[{"id":1}]', 'c.json': '[{"id":2}]' })
    const { fault, values } = await readAll(folder, { files: '*.json', at: '/*/users' })
    expect(values).toEqual([])
    expect(fault?.message).toContain('b.json:1:2 (byte 1): ')
    writeFileSync(join(folder, 'c.json'), '[{"users":[]}]')
    expect((await readAll(folder, { files: '*.json', at: '/*/users' })).fault).toBeUndefined()
  })

  test('a function is not called', async () => {
    const source = await open('/', () => {
      throw new Error('called')
    })
    await expect(source.readThrough(new Map())).resolves.toBeUndefined()
  })

  test('a file is read through once for all sources of one form, and again for another form', async () => {
    const folder = temporaryFolder({ 'a.json': '{"a":[1],"b":[2]}' })
    const known = new Map()
    const sources = [
      { files: 'a.json', at: '/a' },
      { files: ['a.json'], at: '/a' },
      { files: '*.json', at: '/b' },
    ]
    for (const definition of sources) await (await open(folder, definition)).readThrough(known)
    expect(known.size).toBe(2)
    // Nothing is read for one that is known: it is not even missed.
    const last = await open(folder, sources[0]!)
    rmSync(join(folder, 'a.json'))
    await expect(last.readThrough(known)).resolves.toBeUndefined()
  })

  test('an aborted signal ends it', async () => {
    const source = await open(temporaryFolder({ 'a.json': '[1]' }), { files: 'a.json' })
    await expect(source.readThrough(new Map(), AbortSignal.abort())).rejects.toMatchObject({
      code: 'run.aborted',
    })
  })
})

describe('a file that changes behind it', () => {
  test.each([
    ['is longer', (path: string) => appendFileSync(path, ' '), 0],
    ['has another content of the same length', (path: string) => writeFileSync(path, '[8,2]'), 2],
  ])('and %s is an error', async (_, change, handedOut) => {
    const folder = temporaryFolder({ 'a.json': '[1,2]' })
    const source = await open(folder, { files: 'a.json' })
    await source.readThrough(new Map())
    change(join(folder, 'a.json'))
    let records = 0
    const reading = (async () => {
      for await (const chunk of source.chunks()) records += chunk.length
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'source.changed',
      message: expect.stringContaining('a.json'),
    })
    expect(records).toBe(handedOut)
    expect(source.files()).toEqual([])
  })

  test('and is the same again is none', async () => {
    const folder = temporaryFolder({ 'a.json': '[1,2]' })
    const source = await open(folder, { files: 'a.json' })
    await source.readThrough(new Map())
    writeFileSync(join(folder, 'a.json'), '[1,2]')
    expect((await readChunks(source)).flat()).toHaveLength(2)
  })
})
