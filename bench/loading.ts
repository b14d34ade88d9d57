import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startServer } from '../test/postgres/start-server.js'
import { writeReferenceData } from './reference-data.js'
import { median, timeProcess } from './time-process.js'

/**
 * First load and unchanged rerun of the reference data beside `psql \copy` of the same rows into the same indexed table, on a
 * Postgres of its own that is as durable as a server's. Whole processes, in turn, so that a busy machine is busy for all.
 *
 *     npm run bench -- --records 100000 --rounds 3
 */
const { values } = parseArgs({
  options: { records: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
})
const records = Number(values.records)
const rounds = Number(values.rounds)
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'bench', 'tmp')

await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
await cp(join(root, 'bench', 'project'), folder, { recursive: true })
const files = await writeReferenceData(folder, records)
const server = await startServer(15, { durable: true })
const times: Record<'copy' | 'load' | 'rerun', number[]> = { copy: [], load: [], rerun: [] }
try {
  for (let round = 1; round <= rounds; round += 1) {
    const copied = await freshTables(`copy_${round}`)
    times.copy.push(
      await timeProcess('psql', [
        copied,
        '-qc',
        `\\copy teams from '${files.copyTeams}'`,
        '-c',
        `\\copy members from '${files.copyMembers}'`,
      ]),
    )
    const loaded = await freshTables(`load_${round}`)
    times.load.push(await carryover(loaded))
    times.rerun.push(await carryover(loaded))
  }
} finally {
  await server.stop()
}

const seconds = { copy: median(times.copy), load: median(times.load), rerun: median(times.rerun) }
const report = [
  `${records.toLocaleString('en')} records, ${rounds} rounds, medians; Node ${process.versions.node}, Postgres 15, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
  `psql \\copy into the indexed table  ${seconds.copy.toFixed(2)} s`,
  `first load                         ${seconds.load.toFixed(2)} s   ${(seconds.load / seconds.copy).toFixed(2)} × \\copy   ${Math.round(records / seconds.load).toLocaleString('en')} records/s`,
  `unchanged rerun                    ${seconds.rerun.toFixed(2)} s   ${(seconds.load / seconds.rerun).toFixed(2)} × faster than the first load`,
].join('\n')
process.stdout.write(`${report}\n`)
await writeFile(
  join(folder, 'result.json'),
  `${JSON.stringify({ records, rounds, times, seconds }, null, 2)}\n`,
)

async function freshTables(name: string): Promise<string> {
  await onServer(server.url, `create database ${name}`)
  const url = Object.assign(new URL(server.url), { pathname: name }).href
  await onServer(url, await readFile(join(folder, 'schema.sql'), 'utf8'))
  await onServer(url, 'checkpoint')
  return url
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}

function carryover(url: string): Promise<number> {
  const args = [join(root, 'dist/cli/main.js'), 'run', '--quiet', '--database', url]
  return timeProcess(process.execPath, args, { cwd: folder })
}
