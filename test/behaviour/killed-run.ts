import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RunOptions } from '../../src/index.js'

/** What the process does: it runs, and kills itself when a pipeline has read so many records. */
const program = `
const { createJiti } = await import('jiti')
const [library, options, pipeline, records] = process.argv.slice(1)
const { run } = await createJiti(library).import(library)
await run({
  ...JSON.parse(options),
  env: {},
  onProgress: (progress) => {
    if (progress.pipeline === pipeline && progress.records >= Number(records)) process.kill(process.pid, 'SIGKILL')
  },
})
`

/** Runs in a process of its own that is killed in the middle; answers the signal it died of. */
export async function killedRun(
  options: RunOptions,
  after: { pipeline: string; records: number },
): Promise<string | null> {
  const library = fileURLToPath(new URL('../../src/index.ts', import.meta.url))
  const args = ['--input-type=module', '-e', program, library, JSON.stringify(options)]
  const child = spawn(process.execPath, [...args, after.pipeline, String(after.records)], { stdio: 'ignore' })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal
}
