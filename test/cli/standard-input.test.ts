import { spawn } from 'node:child_process'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunReport } from '../../src/run/run-report.js'
import { addPipeline } from '../behaviour/extra-pipeline.js'
import { layGround, type Ground } from '../behaviour/ground.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const piped = `
export const words = pg.pgTable('words', { id: pg.text('id').primaryKey() })
export default definePipeline({
  name: 'words',
  source: { files: '-', format: 'ndjson' },
  record: z.object({ id: z.string() }),
  key: 'id',
  target: words,
  columns: { id: 'id' },
})
`

let ground: Ground
let temporary: string
beforeAll(async () => {
  ground = await layGround('sqlite')
  temporary = join(ground.dir, 'temporary')
  await mkdir(temporary)
  await addPipeline(ground, 'words', piped, '')
})
afterAll(() => rm(ground.dir, { recursive: true, force: true }))

/** What is left of kept input; jiti has its cache there, too. */
const spools = async () => (await readdir(temporary)).filter((name) => name.startsWith('carryover-'))

/** The built program with this on its standard input, which stays open unless it is said to end. */
function started(command: string, input: string | Uint8Array, ends = true) {
  const args = [main, ...command.split(' '), '--json', '--database', ground.url]
  const env = { ...process.env, TMPDIR: temporary }
  const child = spawn(process.execPath, args, { cwd: ground.dir, env, stdio: ['pipe', 'pipe', 'pipe'] })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stdin.on('error', () => {}) // the program may leave before it has read everything
  child.stdin.write(input)
  if (ends) child.stdin.end()
  const ended = new Promise<{ exitCode: number | null; report: RunReport }>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, report: JSON.parse(stdout || '{}') as RunReport }))
  })
  return { child, ended }
}

/** The same, when it has begun to read: more than a pipe holds was taken from it. */
async function reading(command: string) {
  const { child, ended } = started(command, '', false)
  await new Promise((resolve) => child.stdin.write('{"id":"d"}\n'.repeat(200_000), resolve))
  return { child, ended }
}

it('data can be piped in, packed or not, to every command that reads sources', async () => {
  const lines = '{"id":"a"}\n{"id":"b"}\n'
  const first = await started('run words', gzipSync(lines)).ended
  expect(first).toMatchObject({ exitCode: 0, report: { totals: { inserted: 2 } } })
  expect(first.report.pipelines[0]?.source.files[0]?.path).toBe('stdin')
  for (const command of ['plan words', 'verify words', 'run words'])
    expect(await started(command, lines).ended).toMatchObject({
      exitCode: 0,
      report: { totals: { unchanged: 2 } },
    })
  expect(await spools()).toEqual([])
})

it('a pipe that ends too early fails, and nothing of it is applied', async () => {
  const { exitCode, report } = await started('run words', '{"id":"c"}\n{"id":').ended
  expect({ exitCode, errors: report.errors.map(({ message }) => message) }).toEqual({
    exitCode: 1,
    errors: [expect.stringContaining('stdin:2:7 (byte 17): ')],
  })
  expect(await ground.query(`select id from words where id = 'c'`)).toEqual([])
})

it('a signal ends the wait for more, though the pipe stays open', async () => {
  const { child, ended } = await reading('run words')
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ exitCode: 143, report: { errors: [{ code: 'run.aborted' }] } })
  expect(await spools()).toEqual([])
})

it('a command that is killed leaves nothing behind', async () => {
  const { child, ended } = await reading('run words')
  child.kill('SIGKILL')
  expect((await ended).exitCode).toBeNull()
  expect(await spools()).toEqual([])
})

it('a command that reads no standard input does not wait for it', async () => {
  const { child, ended } = started('run organizations', '', false)
  expect((await ended).exitCode).toBe(0)
  child.stdin.end()
})
