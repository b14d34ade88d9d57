import { mkdir, rm, statfs } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeLargeFiles } from './large-files.js'
import { runProcess } from './measure/run-process.js'

/**
 * Reads files of so many megabytes in each form, in a process of its own: as records, as a run does, and through without
 * making any, as a run does before. The files are removed at the end.
 *
 *     npm run bench -- reading --megabytes 1024
 */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { megabytes: { type: 'string', default: '200' } },
})
const bytes = Number(values.megabytes) * 1024 * 1024
const folder = fileURLToPath(new URL('tmp/reading', import.meta.url))
const reader = fileURLToPath(new URL('read-source.mjs', import.meta.url))

/** What a reader prints. */
interface Reading {
  records: number
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const { bavail, bsize } = await statfs(folder)
if (bavail * bsize < 4 * bytes) throw new Error(`expected ${(4 * bytes) / 1e9} GB of free space in ${folder}`)

try {
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus().length} cores, MB of 1,000,000 bytes of text\n`,
  )
  for (const { name, textBytes, at } of await writeLargeFiles(folder, bytes)) {
    for (const how of ['records', 'through'] as const) {
      const { output: printed } = await runProcess(process.execPath, [reader, join(folder, name), at, how])
      const { records, seconds, cpuSeconds, peakBytes } = JSON.parse(printed) as Reading
      process.stdout.write(
        `${`${name} (${how})`.padEnd(28)} ${(textBytes / 1e6).toFixed(0).padStart(6)} MB  ${records.toLocaleString('en').padStart(10)} records  ` +
          `${seconds.toFixed(1).padStart(6)} s  ${(textBytes / 1e6 / seconds).toFixed(0).padStart(4)} MB/s  CPU ${cpuSeconds.toFixed(1)} s  peak ${(peakBytes / 1e6).toFixed(0)} MB\n`,
      )
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
