import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RunReport } from '../../../src/index.js'

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** How a process of the command line ended. */
export interface Ended {
  /** Null when a signal ended it. */
  code: number | null
  signal: NodeJS.Signals | null
  /** What `--json` printed; undefined when it did not come to that. */
  report: RunReport | undefined
  stderr: string
}

/** A process of the command line that is under way. */
export interface RunProcess {
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Ended>
}

/**
 * Starts the built command line in a process of its own, as a deploy would.
 * @param options.shell what a shell does before it becomes that process: `ulimit -f 100`
 */
export function startProcess(
  dir: string,
  args: readonly string[],
  options: { shell?: string } = {},
): RunProcess {
  const command = [process.execPath, main, ...args, '--json', '--no-input']
  const child = spawn('/bin/sh', ['-c', `${options.shell ?? ':'}; exec "$@"`, 'sh', ...command], {
    cwd: dir,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, report: parsed(stdout), stderr }))
  })
  return { kill: (signal) => void child.kill(signal), ended }
}

function parsed(text: string): RunReport | undefined {
  try {
    return JSON.parse(text) as RunReport
  } catch {
    return undefined // It was killed before, or while, it printed.
  }
}
