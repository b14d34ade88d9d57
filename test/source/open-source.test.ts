import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../src/source/open-source.js'
import { WrittenNumber } from '../../src/written-number.js'
import { readAll } from './read-all.js'
import { readChunks } from './read-chunks.js'
import { temporaryFolder } from './temporary-folder.js'

describe('forms', () => {
  test('an array is read from the root', async () => {
    const folder = temporaryFolder({ 'users.json': '[\n  {"id": 1},\n  {"id": 2}\n]\n' })
    expect((await readAll(folder, { files: 'users.json' })).records).toEqual([
      {
        ordinal: 0,
        value: { id: 1 },
        surroundings: { $file: 'users.json' },
        location: { file: 'users.json', line: 2, column: 3, byte: 4 },
      },
      {
        ordinal: 1,
        value: { id: 2 },
        surroundings: { $file: 'users.json' },
        location: { file: 'users.json', line: 3, column: 3, byte: 17 },
      },
    ])
  })

  test('an array is read from the path that at names', async () => {
    const folder = temporaryFolder({
      'dump.json': '{"v":[1],"data":{"users":[{"id":1}],"orders":[]},"w":{}}',
    })
    const { values, fault } = await readAll(folder, { files: 'dump.json', at: '/data/users' })
    expect(fault).toBeUndefined()
    expect(values).toEqual([{ id: 1 }])
  })

  test('the values of an object are read, each with its key as $key beside it', async () => {
    const folder = temporaryFolder({
      'users.json': '{"u1":{"id":1},"u2":{"id":2,"$key":"old"},"u3":[1],"u4":null,"":{}}',
    })
    const { values, records } = await readAll(folder, { files: 'users.json' })
    expect(values).toEqual([{ id: 1 }, { id: 2, $key: 'old' }, [1], null, {}])
    expect(records.map(({ surroundings }) => surroundings.$key)).toEqual(['u1', 'u2', 'u3', 'u4', ''])
  })

  test('keys named like parts of every object harm nothing', async () => {
    const text = '{"__proto__":{"id":1},"constructor":{"__proto__":{"isAdmin":true}},"$key":{"toString":1}}'
    const folder = temporaryFolder({ 'users.json': text })
    const { values, records } = await readAll(folder, { files: 'users.json' })
    const objects = values as Record<string, unknown>[]
    expect(records.map(({ surroundings }) => surroundings.$key)).toEqual(['__proto__', 'constructor', '$key'])
    for (const object of objects) expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
    expect(objects[1]!['isAdmin']).toBeUndefined()
    expect(Object.keys(objects[1]!)).toEqual(['__proto__'])
  })

  test.each(['users.ndjson', 'users.jsonl', 'users.NDJSON'])('%s is read line by line', async (name) => {
    const folder = temporaryFolder({ [name]: '{"id":1}\r\n\r\n{"id":2}' })
    expect((await readAll(folder, { files: name })).values).toEqual([{ id: 1 }, { id: 2 }])
  })

  test.each([
    ['users.json.gz', '[{"id":1}]'],
    ['users.ndjson.gz', '{"id":1}\n'],
    ['packed-without-saying.json', '[{"id":1}]'],
  ])('%s is unpacked', async (name, text) => {
    const { values, records } = await readAll(temporaryFolder({ [name]: gzipSync(text) }), { files: name })
    expect(values).toEqual([{ id: 1 }])
    expect(records[0]?.location?.file).toBe(name)
  })

  test('gzip that was appended to gzip is read to its end', async () => {
    const packed = Buffer.concat([gzipSync('[1,'), gzipSync('2]'), Buffer.alloc(1_000)])
    expect((await readAll(temporaryFolder({ 'a.json.gz': packed }), { files: 'a.json.gz' })).values).toEqual([
      1, 2,
    ])
  })

  test('format decides where it is given, and an unknown extension is taken for JSON', async () => {
    const folder = temporaryFolder({ 'lines.json': '{"id":1}\n{"id":2}\n', 'list.txt': '[{"id":3}]' })
    expect((await readAll(folder, { files: 'lines.json', format: 'ndjson' })).values).toHaveLength(2)
    expect((await readAll(folder, { files: 'list.txt' })).values).toEqual([{ id: 3 }])
  })

  test('a byte order mark is accepted and counts as its bytes', async () => {
    const folder = temporaryFolder({ 'a.json': '\ufeff[{"id":1}]', 'b.ndjson': '\ufeff{"id":2}\n' })
    const { records } = await readAll(folder, { files: ['a.json', 'b.ndjson'] })
    expect(records.map(({ value, location }) => [value, location?.byte])).toEqual([
      [{ id: 1 }, 4],
      [{ id: 2 }, 3],
    ])
  })

  test('numbers that a double cannot hold arrive exactly', async () => {
    const folder = temporaryFolder({ 'a.json': '[{"id":9007199254740993,"rate":1e400}]' })
    expect((await readAll(folder, { files: 'a.json' })).values).toEqual([
      { id: 9007199254740993n, rate: new WrittenNumber('1e400') },
    ])
  })

  test('an empty list and an empty object have no records', async () => {
    const folder = temporaryFolder({ 'a.json': '[]', 'b.json': ' { } ', 'c.ndjson': '' })
    expect(await readAll(folder, { files: '*.*' })).toEqual({ records: [], values: [], fault: undefined })
  })

  test('a function gives records without a place, numbered through, and is called anew for each pass', async () => {
    const source = await openSource(
      async function* () {
        yield { id: 1 }
        yield 'anything'
      },
      { baseDir: '/', displayDir: '/' },
    )
    for (const pass of [1, 2]) {
      const chunks = await readChunks(source)
      expect([pass, chunks.flat()]).toEqual([
        pass,
        [
          { ordinal: 0, value: { id: 1 }, surroundings: {}, location: undefined },
          { ordinal: 1, value: 'anything', surroundings: {}, location: undefined },
        ],
      ])
    }
    expect(source.files()).toEqual([])
    expect(source.totalBytes).toBeUndefined()
    expect(source.bytesRead()).toBe(0)
  })
})

describe('files', () => {
  test('globs are sorted, lists keep their order, and no file is read twice', async () => {
    const folder = temporaryFolder({
      'b.json': '["b"]',
      'a.json': '["a"]',
      'z.json': '["z"]',
      'other.txt': '["x"]',
    })
    const { values, records } = await readAll(folder, { files: ['z.json', '*.json', './a.json'] })
    expect(values).toEqual(['z', 'a', 'b'])
    expect(records.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2])
  })

  test('a name that exists is taken as it is, even if it looks like a glob', async () => {
    const folder = temporaryFolder({ 'users[1].json': '["exact"]', 'users1.json': '["glob"]' })
    expect((await readAll(folder, { files: 'users[1].json' })).values).toEqual(['exact'])
  })

  test('paths are relative to the pipeline file, and shown relative to the working directory when inside it', async () => {
    const folder = temporaryFolder({ 'users.json': '[1]' })
    mkdirSync(join(folder, 'pipelines'))
    const files = '../users.json'
    const inside = await readAll(folder, { files }, { baseDir: join(folder, 'pipelines') })
    expect(inside.records[0]?.location?.file).toBe('users.json')
    const options = { baseDir: join(folder, 'pipelines'), displayDir: join(folder, 'pipelines') }
    const outside = await readAll(folder, { files }, options)
    expect(outside.records[0]?.location?.file).toBe(join(folder, 'users.json'))
  })

  test('what was read is known by size and hash of the stored bytes once a pass is complete', async () => {
    const packed = gzipSync('[1,2,3]')
    const folder = temporaryFolder({ 'a.json.gz': packed, 'b.json': '[4]' })
    const source = await openSource(
      { files: ['a.json.gz', 'b.json'] },
      { baseDir: folder, displayDir: folder },
    )
    expect(source.totalBytes).toBe(packed.length + 3)
    expect(source.files()).toEqual([])
    for (const pass of [1, 2]) {
      await readChunks(source)
      expect(source.bytesRead()).toBe(source.totalBytes)
      const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
      expect([pass, source.files()]).toEqual([
        pass,
        [
          { path: 'a.json.gz', bytes: packed.length, sha256: sha256(packed) },
          { path: 'b.json', bytes: 3, sha256: sha256(Buffer.from('[4]')) },
        ],
      ])
    }
  })
})

describe('chunks', () => {
  test('a chunk has at most so many records, and all records come in order', async () => {
    const folder = temporaryFolder({ 'a.json': JSON.stringify([1, 2, 3, 4, 5]), 'b.ndjson': '6\n7\n' })
    const options = { baseDir: folder, displayDir: folder, chunkRecords: 2 }
    const source = await openSource({ files: ['a.json', 'b.ndjson'] }, options)
    const chunks = await readChunks(source)
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBe(2)
    expect(chunks.flat().map(({ ordinal, value }) => [ordinal + 1, value])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((number) => [number, number]),
    )
  })

  test('a chunk of large records has fewer of them', async () => {
    const record = JSON.stringify('x'.repeat(1024 * 1024))
    const folder = temporaryFolder({ 'a.json': `[${Array.from({ length: 12 }, () => record).join(',\n')}]` })
    const source = await openSource({ files: 'a.json' }, { baseDir: folder, displayDir: folder })
    const chunks = await readChunks(source)
    expect(chunks.flat()).toHaveLength(12)
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(4)
  })

  test('records that span many reads arrive whole, with their place', async () => {
    const values = Array.from({ length: 40 }, (_, at) => ({
      at,
      text: `é€😀"\\${at}`.repeat(5_000 + at * 97),
    }))
    const text = `{"skip":${JSON.stringify(values)},\n"at":\n${JSON.stringify(values, null, 1)}}`
    const folder = temporaryFolder({ 'a.json': text, 'b.json.gz': gzipSync(text) })
    for (const files of ['a.json', 'b.json.gz']) {
      const read = await readAll(folder, { files, at: '/at' })
      expect(read.values).toEqual(values)
      expect(read.records.at(-1)?.location?.line).toBe(4 + 39 * 4)
    }
  })
})
