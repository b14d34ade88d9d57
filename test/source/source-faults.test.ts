import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SourceError } from '../../src/errors.js'
import { openSource } from '../../src/source/open-source.js'
import { readAll } from './read-all.js'
import { readChunks } from './read-chunks.js'
import { temporaryFolder } from './temporary-folder.js'

const latin1 = Buffer.from('[{"name":"ok"},\n {"name":"Jos\xe9"}]', 'latin1')
const packed = gzipSync(JSON.stringify(Array.from({ length: 50_000 }, (_, at) => ({ at, odd: at * 7919 }))))

test.each<[string, string, string | Uint8Array, string, number, number, number]>([
  ['broken JSON', 'a.json', '[{"id":1},\n{"id":oops}]', 'source.syntax', 2, 7, 17],
  ['a broken line', 'a.ndjson', '{"id":1}\n{"id":oops}\n', 'source.syntax', 2, 7, 15],
  ['a file that ends too early', 'a.json', '[{"id":1},\n{"na', 'source.truncated', 2, 5, 15],
  ['a line that ends too early', 'a.ndjson', '{"id":1}\n{"na', 'source.truncated', 2, 5, 13],
  [
    'a file that ends within a character',
    'a.json',
    Buffer.from('["é').subarray(0, 3),
    'source.truncated',
    1,
    3,
    2,
  ],
  ['an empty file', 'a.json', '', 'source.truncated', 1, 1, 0],
  ['UTF-16 with its mark', 'a.json', Buffer.from('\ufeff[1]', 'utf16le'), 'source.utf16', 1, 1, 0],
  ['UTF-16 without a mark', 'a.ndjson', Buffer.from('{"a":1}', 'utf16le'), 'source.utf16', 1, 1, 0],
  [
    'UTF-32 with its mark',
    'a.json',
    Buffer.from(Uint32Array.of(0xfeff, 0x5b, 0x5d).buffer),
    'source.utf32',
    1,
    1,
    0,
  ],
  [
    'UTF-32 without a mark',
    'a.json.gz',
    gzipSync(Buffer.from(Uint32Array.of(0x5b, 0x5d).buffer).swap32()),
    'source.utf32',
    1,
    1,
    0,
  ],
  ['a Latin-1 character', 'a.json', latin1, 'source.invalid_utf8', 2, 14, 29],
  [
    'half a character behind the end',
    'a.json',
    Buffer.from('[1]\né').subarray(0, 5),
    'source.invalid_utf8',
    2,
    1,
    4,
  ],
  [
    'a record beyond the limit',
    'a.json',
    `[1,\n"${'x'.repeat(2_000)}"]`,
    'source.element_too_large',
    2,
    1,
    4,
  ],
  ['a name that promises gzip', 'a.json.gz', '[1]', 'source.gzip', 1, 1, 0],
  ['a damaged beginning of gzip', 'a.json.gz', Buffer.from([0x1f, 0x8b, 9, 9]), 'source.gzip', 1, 1, 0],
])('%s (%s) is an error with its place', async (_, name, content, code, line, column, byte) => {
  const folder = temporaryFolder({ [name]: content })
  const { fault } = await readAll(folder, { files: name }, { maxElementBytes: 1_000 })
  expect(fault).toBeInstanceOf(SourceError)
  expect(fault?.code).toBe(code)
  expect(fault?.location).toEqual({ file: name, line, column, byte })
  expect(fault?.message).toContain(`${name}:${line}:${column} (byte ${byte}): `)
  expect(fault?.hint).toBeDefined()
})

test.each([
  ['followed by something else', Buffer.concat([packed, Buffer.from('x')])],
  ['cut off', packed.subarray(0, packed.length - 100)],
  ['changed', Buffer.from(packed).fill(0xff, packed.length / 2, packed.length / 2 + 50)],
  ['of another checksum', Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4)],
])('gzip that is %s is an error behind the records before it', async (_, content) => {
  const { fault, records } = await readAll(temporaryFolder({ 'a.json.gz': content }), { files: 'a.json.gz' })
  expect(['source.gzip', 'source.syntax', 'source.invalid_utf8']).toContain(fault?.code)
  expect(records.every(({ value }, at) => (value as { at: number }).at === at)).toBe(true)
})

test('behind gzip, zeros are accepted and counted, and anything else is an error', async () => {
  const padded = Buffer.concat([packed, Buffer.alloc(1_000_000)])
  const folder = temporaryFolder({ 'a.json.gz': padded, 'b.json.gz': Buffer.concat([padded, packed]) })
  const source = await openSource({ files: 'a.json.gz' }, { baseDir: folder, displayDir: folder })
  expect((await readChunks(source)).flat()).toHaveLength(50_000)
  const sha256 = createHash('sha256').update(padded).digest('hex')
  expect(source.files()).toEqual([{ path: 'a.json.gz', bytes: padded.length, sha256 }])
  expect((await readAll(folder, { files: 'b.json.gz' })).fault?.code).toBe('source.gzip')
})

test('no message holds what the file holds', async () => {
  const folder = temporaryFolder({
    'a.json': '[{"name":"secret"},{"name":"secret" secret}]',
    'b.json': '{"users":"secret"}',
    'c.ndjson': '"secret',
  })
  for (const source of [{ files: 'a.json' }, { files: 'b.json', at: '/users' }, { files: 'c.ndjson' }]) {
    const { fault } = await readAll(folder, source)
    expect(fault).toBeDefined()
    expect(`${fault?.message} ${fault?.hint} ${String(fault?.cause)}`).not.toContain('secret')
  }
})

test('the error of a second file names it, and the records of the first one are handed out', async () => {
  const folder = temporaryFolder({ 'a.json': '[1,2]', 'b.json': '[3,\nx]' })
  const { fault, values } = await readAll(folder, { files: '*.json' })
  expect(values).toEqual([1, 2, 3])
  expect(fault?.location).toEqual({ file: 'b.json', line: 2, column: 1, byte: 4 })
})

test.each(['users.json', '*.json', 'folder/*.ndjson', []])(
  '%j that names no file is an error that says where was looked',
  async (files) => {
    const folder = temporaryFolder({ 'users.txt': '' })
    const { fault } = await readAll(folder, { files })
    expect(fault?.code).toBe('source.not_found')
    expect(fault?.message).toContain(typeof files === 'string' ? files : 'an empty list')
    expect(fault?.message).toContain(folder)
    expect(fault?.hint).toContain('relative to the folder of the pipeline file')
  },
)

test('of a list, each entry must name a file', async () => {
  const folder = temporaryFolder({ 'a.json': '[]' })
  expect((await readAll(folder, { files: ['a.json', 'b.json'] })).fault?.message).toContain('b.json')
})

test('a folder is no file', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'users'))
  const { fault } = await readAll(folder, { files: 'users' })
  expect(fault).toMatchObject({ code: 'source.unreadable', message: 'users cannot be read: it is a folder' })
})

test('a file that is gone when it is read is an error', async () => {
  const folder = temporaryFolder({ 'a.json': '[]' })
  const source = await openSource({ files: 'a.json' }, { baseDir: folder, displayDir: folder })
  rmSync(join(folder, 'a.json'))
  await expect(readChunks(source)).rejects.toMatchObject({ code: 'source.unreadable' })
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read is an error', async () => {
  const folder = temporaryFolder({ 'a.json': '[]' })
  chmodSync(join(folder, 'a.json'), 0o000)
  const { fault } = await readAll(folder, { files: 'a.json' })
  expect(fault).toMatchObject({
    code: 'source.unreadable',
    message: 'a.json cannot be read: permission denied',
  })
})

test('at is refused for NDJSON, and when it is no JSON Pointer', async () => {
  const folder = temporaryFolder({ 'a.ndjson': '{}', 'a.json': '[]' })
  await expect(readAll(folder, { files: 'a.ndjson', at: '/users' })).rejects.toMatchObject({
    code: 'source.at_with_ndjson',
  })
  await expect(readAll(folder, { files: 'a.json', at: 'users' })).rejects.toMatchObject({
    code: 'source.at_invalid',
  })
})

test('a pass that fails leaves the files of the last complete one', async () => {
  const folder = temporaryFolder({ 'a.json': '[1' })
  const source = await openSource({ files: 'a.json' }, { baseDir: folder, displayDir: folder })
  await expect(readChunks(source)).rejects.toMatchObject({ code: 'source.truncated' })
  expect(source.files()).toEqual([])
})

test('what a source function throws ends the source behind the records before it, and is only the cause', async () => {
  const own = new Error('secret')
  const { values, fault } = await readAll('/', async function* () {
    yield 1
    throw own
  })
  expect(values).toEqual([1])
  expect(fault).toMatchObject({ code: 'source.function_failed', cause: own })
  expect(fault?.message).toBe('the source function failed after 1 records')
})

test('a source function must return an async iterable', async () => {
  const list = (() => [1]) as unknown as () => AsyncIterable<unknown>
  await expect(readAll('/', list)).rejects.toMatchObject({ code: 'source.not_iterable' })
})
