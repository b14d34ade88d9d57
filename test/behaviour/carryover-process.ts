import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RunReport } from '../../src/index.js'
import { size, type Ground } from './ground.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** The built program at work in a project. */
export interface CarryoverProcess {
  child: ChildProcess
  /** What it has said on stderr so far. */
  said(): string
  ended: Promise<{ exitCode: number | null; report: Partial<RunReport> }>
}

/** Starts the built program as a process of its own, with nothing of carryover in its environment but batches and connections. */
export function startCarryover(ground: Ground, args: readonly string[], url = ground.url): CarryoverProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(CARRYOVER|DATABASE|RAILWAY|VITEST|NODE_ENV)/.test(name),
    ),
  )
  const sizes = Object.entries(size).map(([name, value]) => [
    `CARRYOVER_${name.toUpperCase()}`,
    String(value),
  ])
  const child = spawn(process.execPath, [main, ...args, '--json', '--database', url], {
    cwd: ground.dir,
    env: { ...env, ...Object.fromEntries(sizes) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = [[] as Buffer[], [] as Buffer[]]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const ended: CarryoverProcess['ended'] = new Promise((resolve) => {
    child.on('close', (exitCode) => {
      const report = JSON.parse(Buffer.concat(stdout).toString() || '{}') as Partial<RunReport>
      resolve({ exitCode, report })
    })
  })
  return { child, said: () => Buffer.concat(stderr).toString(), ended }
}
