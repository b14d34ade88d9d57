import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Seconds of the wall clock that a whole process took. @throws Error with its output when it fails */
export async function timeProcess(...process: Parameters<typeof runProcess>): Promise<number> {
  const startedMs = performance.now()
  await runProcess(...process)
  return (performance.now() - startedMs) / 1000
}

/** What a process printed. @throws Error with it when the process fails */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`)
  return output
}

/** `[3, 1, 2]` → 2. */
export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
