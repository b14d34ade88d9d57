import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readAll } from './read-all.js'
import { temporaryFolder } from './temporary-folder.js'

const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
const deepObject = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe.each([
  ['json', 'a.json', {}, 'source.truncated'],
  ['ndjson', 'a.ndjson', {}, 'source.syntax'],
  ['concatenated', 'a.json', { format: 'concatenated' }, 'source.truncated'],
  ['elements of elements', 'a.json', { at: '/*/u' }, 'source.syntax'],
] as const)('as %s', (form, files, options, unclosed) => {
  const read = (...records: string[]) => {
    const list = `[${records.join(',')}]`
    const text =
      form === 'json' ? list : form === 'elements of elements' ? `[{"u":${list}}]` : `${records.join('\n')}\n`
    return readAll(temporaryFolder({ [files]: text }), { files, ...options })
  }

  test('a key that stands twice has its last value, as JSON.parse gives it', async () => {
    expect((await read('{"a": 1, "b": 2, "a": 3}')).values).toEqual([{ a: 3, b: 2 }])
  })

  test('keys that every object has are fields, and change no prototype', async () => {
    const { values } = await read(
      '{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}',
    )
    const [record] = values as Record<string, unknown>[]
    expect(Object.keys(record!)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
    expect([record!['isAdmin'], ({} as Record<string, unknown>)['isAdmin']]).toEqual([undefined, undefined])
  })

  test.each([
    ['arrays', deep(100_000)],
    ['objects', deepObject(100_000)],
  ])('100,000 levels of %s arrive like any other record', async (_, record) => {
    const { values, fault } = await read('{"id": 1}', record, '{"id": 2}')
    expect(fault).toBeUndefined()
    expect([values.length, values[0], values[2]]).toEqual([3, { id: 1 }, { id: 2 }])
    let levels = 0
    let inner = values[1]
    while (typeof inner === 'object' && inner !== null) {
      inner = Object.values(inner)[0]
      levels += 1
    }
    expect([levels, inner]).toEqual([100_000, 1])
  })

  test('100,000 levels that are not closed are an error behind the records before them', async () => {
    const { values, fault } = await read('{"id": 1}', '['.repeat(100_000))
    expect(fault?.code).toBe(unclosed)
    expect(values.length).toBeLessThanOrEqual(1)
  })

  test('a text of eight million characters arrives whole', async () => {
    const text = 'é\\"'.repeat(2_700_000)
    const { values, fault } = await read('1', JSON.stringify(text))
    expect(fault).toBeUndefined()
    expect(values[1] === text).toBe(true)
  })
})

describe('files with nothing in them', () => {
  test.each([
    ['no byte', ''],
    ['whitespace', ' \n\t\r\n'],
    ['a byte order mark', '\ufeff'],
    ['a byte order mark and whitespace', '\ufeff \n'],
  ])('%s is an error where one document is expected, and no record elsewhere', async (_, text) => {
    const folder = temporaryFolder({ 'a.json': text, 'a.ndjson': text, 'a.json.gz': gzipSync(text) })
    expect((await readAll(folder, { files: 'a.json' })).fault?.message).toContain('found an empty file')
    expect((await readAll(folder, { files: 'a.json.gz' })).fault?.message).toContain('found an empty file')
    expect((await readAll(folder, { files: 'a.json', at: '/*/u' })).fault?.code).toBe('source.truncated')
    for (const definition of [{ files: 'a.ndjson' }, { files: 'a.json', format: 'concatenated' as const }])
      expect(await readAll(folder, definition)).toEqual({ records: [], values: [], fault: undefined })
  })
})

test('a byte order mark inside gzip is accepted', async () => {
  const folder = temporaryFolder({ 'a.json.gz': gzipSync('\ufeff[{"id":1}]') })
  expect((await readAll(folder, { files: 'a.json.gz' })).values).toEqual([{ id: 1 }])
})

test('UTF-16 inside gzip is named', async () => {
  const folder = temporaryFolder({ 'a.json.gz': gzipSync(Buffer.from('\ufeff[1]', 'utf16le')) })
  expect((await readAll(folder, { files: 'a.json.gz' })).fault?.message).toContain('found UTF-16LE')
})

test('a second byte order mark, where files were joined, is an error at its place', async () => {
  const folder = temporaryFolder({ 'a.ndjson': '\ufeff{"id":1}\n\ufeff{"id":2}\n' })
  const { values, fault } = await readAll(folder, { files: 'a.ndjson' })
  expect(values).toEqual([{ id: 1 }])
  expect(fault).toMatchObject({ code: 'source.syntax', location: { line: 2, column: 1, byte: 12 } })
})
