import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { AbortedError } from '../../src/errors.js'
import { openSource, type OpenSource } from '../../src/source/open-source.js'
import type { SourceDefinition } from '../../src/source/source-definition.js'
import { readChunks } from './read-chunks.js'
import { temporaryFolder } from './temporary-folder.js'

const OPEN_FILES = '/proc/self/fd'

/** The files of a folder that this process has open; none where the system does not tell. */
function openFilesIn(folder: string): string[] {
  if (!existsSync(OPEN_FILES)) return []
  const targets = readdirSync(OPEN_FILES).map((descriptor) => {
    try {
      return readlinkSync(`${OPEN_FILES}/${descriptor}`)
    } catch {
      return '' // the descriptor with which the folder itself was read
    }
  })
  return targets.filter((target) => target.startsWith(folder))
}

const text = JSON.stringify(Array.from({ length: 100_000 }, (_, at) => ({ at, odd: at * 7919 })))
const contents: Record<string, string | Buffer> = { 'a.json': text, 'a.json.gz': gzipSync(text) }

function open(folder: string, definition: SourceDefinition): Promise<OpenSource> {
  return openSource(definition, { baseDir: folder, displayDir: folder })
}

test.skipIf(!existsSync(OPEN_FILES)).each(Object.keys(contents))(
  '%s is closed when the consumer stops early',
  async (name) => {
    const folder = temporaryFolder({ [name]: contents[name]! })
    const source = await open(folder, { files: name })
    for await (const chunk of source.chunks()) {
      expect(chunk).toHaveLength(1_000)
      expect(openFilesIn(folder)).toHaveLength(1)
      break
    }
    expect(openFilesIn(folder)).toEqual([])
    expect(source.files()).toEqual([])
    expect((await readChunks(source)).flat()).toHaveLength(100_000)
    expect(openFilesIn(folder)).toEqual([])
  },
)

test.each(Object.keys(contents))(
  'an aborted signal ends the reading of %s with its reason as the cause',
  async (name) => {
    const folder = temporaryFolder({ [name]: contents[name]! })
    const source = await open(folder, { files: name })
    const controller = new AbortController()
    const reason = new Error('enough')
    let records = 0
    const reading = (async () => {
      for await (const chunk of source.chunks(controller.signal)) {
        records += chunk.length
        controller.abort(reason)
      }
    })()
    const error = await reading.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AbortedError)
    expect(error).toMatchObject({ code: 'run.aborted', cause: reason })
    expect(records).toBe(1_000)
    expect(openFilesIn(folder)).toEqual([])
  },
)

test('nothing is read when the signal was aborted before', async () => {
  let isCalled = false
  const source = await open('/', async function* () {
    isCalled = true
    yield 1
  })
  await expect(readChunks(source, AbortSignal.abort())).rejects.toMatchObject({
    code: 'run.aborted',
  })
  expect(isCalled).toBe(false)
})

test('an aborted signal ends a source function that never answers', async () => {
  const controller = new AbortController()
  const source = await open('/', async function* () {
    yield 1
    controller.abort()
    await new Promise(() => {})
  })
  await expect(readChunks(source, controller.signal)).rejects.toMatchObject({
    code: 'run.aborted',
  })
})

test.each([undefined, new AbortController().signal])(
  'a source function is closed when the consumer stops early',
  async (signal) => {
    let isClosed = false
    const source = await openSource(
      async function* () {
        try {
          for (;;) yield 1
        } finally {
          isClosed = true
        }
      },
      { baseDir: '/', displayDir: '/', chunkRecords: 10 },
    )
    for await (const chunk of source.chunks(signal)) {
      expect(chunk).toHaveLength(10)
      break
    }
    expect(isClosed).toBe(true)
  },
)
