#!/usr/bin/env node
import * as library from '../commands.js'
import { runCli } from './run-cli.js'
import type { Input } from './surroundings.js'

// `carryover status | head -1` closes the pipe early: what is written after that is dropped, the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

// Node opens standard input when it is first looked at: only a command that reads it may.
const stdin: Input = {
  get isTTY() {
    return process.stdin.isTTY
  },
  destroy: () => process.stdin.destroy(),
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
}

// Not process.exit: a pipe may still have to take what was written.
process.exitCode = await runCli(process.argv.slice(2), {
  stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signals: process,
  library,
  now: () => performance.now(),
  exit: (code) => process.exit(code),
})
