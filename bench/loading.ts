import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startServer } from '../test/postgres/start-server.js'
import { memory } from './cases/memory.js'
import { onPostgres, variants } from './cases/postgres.js'
import { againstCopy } from './cases/against-copy.js'
import { onSqlite } from './cases/sqlite.js'
import { startUp } from './cases/start-up.js'
import { writeMembers, writeVariant } from './data/members.js'
import { writeOrders } from './data/orders.js'
import { writeSheets } from './data/sheets.js'
import { barsOf } from './measure/bars.js'
import { layGround } from './measure/ground.js'
import { printBenchmarks } from './measure/print-benchmarks.js'
import { newSamples } from './measure/samples.js'

/**
 * Loads and reruns beside their opponents, on a Postgres of its own that is as durable as a server's, and on SQLite. Prints the
 * page of benchmarks and writes it with `--write`.
 *
 *     npm run bench -- --records 1000000 --rounds 3 --memory 5000000 --write
 *     npm run bench -- --records 20000 --rounds 1 --only postgres
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    /** Records of which the memory alone is asked; may be given several times. */
    memory: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: ['postgres', 'sqlite', 'orders', 'wide', 'start-up'] },
    write: { type: 'boolean', default: false },
  },
})
const [records, rounds] = [Number(values.records), Number(values.rounds)]
const memoryRecords = values.memory.map(Number)
const bench = fileURLToPath(new URL('.', import.meta.url))
const page = join(bench, '../docs/benchmarks.md')

const samples = newSamples()
const server = await startServer(15, { durable: true })
try {
  const project = async (name: string) => {
    const folder = join(bench, 'tmp', name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(bench, 'tmp'), { recursive: true })
    await cp(join(bench, name), folder, { recursive: true })
    return layGround(server.url, { samples, records, folder })
  }
  const members = await project('project')
  const isAsked = (name: string) => values.only.includes(name)
  if (isAsked('postgres') || isAsked('sqlite') || isAsked('start-up')) {
    await writeMembers(members.folder, records)
    for (const variant of variants) await writeVariant(members.folder, records, variant)
  }
  const orders = isAsked('orders') ? await project('orders-project') : undefined
  if (orders !== undefined) await writeOrders(orders.folder, records)
  const wide = isAsked('wide') ? await project('wide-project') : undefined
  if (wide !== undefined) await writeSheets(wide.folder, Math.ceil(records / 10))
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`round ${round} of ${rounds}\n`)
    if (isAsked('postgres')) await onPostgres(members)
    if (isAsked('sqlite')) await onSqlite(members)
    if (orders !== undefined) await againstCopy(orders, 'orders with lines', ['customers', 'orders', 'lines'])
    if (wide !== undefined) await againstCopy(wide, '80 columns', ['sheets'])
    if (isAsked('start-up')) await startUp(members)
  }
  for (const many of memoryRecords) await memory(members, many)
} finally {
  await server.stop()
}

const conditions = [
  `${records.toLocaleString('en')} records (80 columns: a tenth of them), ${rounds} rounds, ${new Date().toISOString().slice(0, 10)}`,
  `Node ${process.versions.node}, Postgres ${server.major} (fsync on, shared_buffers 512 MB), SQLite of better-sqlite3 (WAL)`,
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
]
const bars = barsOf(samples, memoryRecords)
const before = await readFile(page, 'utf8').catch(() => '')
const notes = before.slice(before.includes(notesBegin()) ? before.indexOf(notesBegin()) : before.length)
const printed = printBenchmarks(samples, bars, conditions, notes)
process.stdout.write(printed)
if (values.write) {
  await writeFile(page, printed)
  await writeFile(
    page.replace(/md$/, 'json'),
    `${JSON.stringify({ conditions, bars, cases: samples.all() }, null, 2)}\n`,
  )
}

/** What is said by hand begins here. */
function notesBegin(): string {
  return '## What bounds it'
}
