import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** What a whole process took. */
export interface Measured {
  readonly output: string
  /** Of the wall clock. */
  readonly seconds: number
  /** The most memory it held at a time, as the system counts it; 0 where the system does not tell. */
  readonly peakBytes: number
}

/** How often the system is asked for the memory of a process. */
const pollMs = 25

/**
 * Runs a program to its end.
 * @param options.codes exit codes that are as expected, 0 alone by default
 * @throws Error with what it printed last when it ends with another one
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; codes?: readonly number[] } = {},
): Promise<Measured> {
  const { codes = [0], ...spawning } = options
  const startedMs = performance.now()
  const child = spawn(command, args, {
    ...spawning,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let peakBytes = 0
  const poll = setInterval(
    () => void peakOf(child.pid).then((bytes) => (peakBytes = Math.max(peakBytes, bytes))),
    pollMs,
  )
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - startedMs) / 1000
  clearInterval(poll)
  if (code === null || !codes.includes(code))
    throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`)
  return { output, seconds, peakBytes }
}

/** The high-water mark that Linux keeps of a process, see proc(5). */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
