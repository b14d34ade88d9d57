import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openSpool } from '../../../src/source/file/spool.js'
import { readAll } from '../read-all.js'
import { temporaryFolder } from '../temporary-folder.js'

const text = '[{"id":1},\n{"id":2}]'
const spools = () => readdirSync(tmpdir()).filter((name) => /^carryover-[A-Za-z0-9]{6}$/.test(name))

test('what comes through a pipe is read any number of times, also at once', async () => {
  const spool = openSpool(
    Readable.from([Buffer.from(text.slice(0, 5)), Buffer.from(text.slice(5))]),
    undefined,
  )
  const read = () => readAll('/', { files: '-' }, { spool })
  const [first, second] = await Promise.all([read(), read()])
  for (const { records, fault } of [first, second, await read()]) {
    expect(fault).toBeUndefined()
    expect(records).toEqual([
      {
        ordinal: 0,
        value: { id: 1 },
        surroundings: { $file: '-' },
        location: { file: 'stdin', line: 1, column: 2, byte: 1 },
      },
      {
        ordinal: 1,
        value: { id: 2 },
        surroundings: { $file: '-' },
        location: { file: 'stdin', line: 2, column: 1, byte: 11 },
      },
    ])
  }
  await spool.close()
})

test('gzip is known by its first bytes, and the form by what the source says', async () => {
  const spool = openSpool(Readable.from([gzipSync('{"id":1}\n{"id":2}\n')]), undefined)
  const { values } = await readAll('/', { files: '-', format: 'ndjson' }, { spool })
  expect(values).toEqual([{ id: 1 }, { id: 2 }])
  await spool.close()
})

test('it stands among files where it is named', async () => {
  const folder = temporaryFolder({ 'a.json': '["a"]', 'b.json': '["b"]' })
  const spool = openSpool(Readable.from([Buffer.from('["-"]')]), undefined)
  const { values } = await readAll(folder, { files: ['b.json', '-', '*.json'] }, { spool })
  expect(values).toEqual(['b', '-', 'a'])
  await spool.close()
})

test('an error in it is told like that of a file', async () => {
  const spool = openSpool(Readable.from([Buffer.from('[1,\n x]')]), undefined)
  const { fault } = await readAll('/', { files: '-' }, { spool })
  expect(fault?.message).toContain('stdin:2:2 (byte 5): not valid JSON')
  await spool.close()
})

test('nothing of it is left in the folder of temporary files, already while it is read', async () => {
  const before = spools()
  const spool = openSpool(Readable.from([Buffer.from(text)]), undefined)
  await spool.file()
  expect(spools()).toEqual(before)
  await spool.close()
  expect(spools()).toEqual(before)
})

test('where nobody handed it over, or it is a terminal, nothing waits', async () => {
  await expect(openSpool(undefined, undefined).file()).rejects.toMatchObject({
    name: 'DefinitionError',
    code: 'source.no_stdin',
  })
  const terminal = Object.assign(Readable.from([]), { isTTY: true })
  await expect(openSpool(terminal, undefined).file()).rejects.toMatchObject({
    name: 'UsageError',
    code: 'usage.stdin_terminal',
    exitCode: 64,
  })
  await expect(readAll('/', { files: '-' })).rejects.toMatchObject({ code: 'source.no_stdin' })
})

test('a pipe that breaks is an error', async () => {
  const broken = new Readable({
    read() {
      this.destroy(Object.assign(new Error('secret'), { code: 'EIO' }))
    },
  })
  const spool = openSpool(broken, undefined)
  const reading = spool.file()
  const error = await reading.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'SourceError', code: 'source.stdin' })
  expect((error as Error).message).toMatch(/EIO$/)
  await spool.close()
})

test('an aborted signal ends the wait for more, and lets go of the pipe', async () => {
  const before = spools()
  const controller = new AbortController()
  const endless = new Readable({ read() {} })
  endless.push(Buffer.from('['))
  const spool = openSpool(endless, controller.signal)
  const reading = spool.file()
  setTimeout(() => controller.abort(), 20)
  await expect(reading).rejects.toMatchObject({ code: 'run.aborted' })
  expect(endless.destroyed).toBe(true)
  await spool.close()
  expect(spools()).toEqual(before)
})
