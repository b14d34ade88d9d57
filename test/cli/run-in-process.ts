import { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'
import type { Library } from '../../src/cli/library.js'
import { runCli } from '../../src/cli/run-cli.js'
import type { Output } from '../../src/cli/surroundings.js'
import {
  checkReport,
  doctorReport,
  firstRun,
  inspectReport,
  migrateReport,
  rejectsReport,
  runsReport,
  sequencesReport,
  secondRun,
  somePlan,
  statusReport,
  undoReport,
  unlockReport,
} from '../report/sample-reports.js'

/** A stream that keeps what was written. */
export class KeptOutput implements Output {
  text = ''
  isTTY: boolean
  columns: number

  constructor(isTTY = false, columns = 100) {
    this.isTTY = isTTY
    this.columns = columns
  }

  write(text: string): boolean {
    this.text += text
    return true
  }
}

/** What a command line came to. */
export interface Ended {
  exitCode: number
  stdout: string
  stderr: string
  /** What the library was called with. */
  calls: { name: string; options: Record<string, unknown> }[]
  /** Codes of exits at once. */
  exits: number[]
}

/** How the world differs from the ordinary one of these tests: no terminal, an empty environment. */
export interface Differences {
  env?: Record<string, string>
  cwd?: string
  stdoutTty?: boolean
  stderrTty?: boolean
  /** Of both streams; only terminals are asked for them. */
  columns?: number
  /** What is typed on a terminal; without it there is none. */
  typed?: string
  signals?: EventEmitter
  library?: Partial<Library>
}

/** A library that answers made-up reports: what the command line makes of them is what is tested here. */
const answers: Library = {
  check: async () => checkReport,
  doctor: async () => doctorReport,
  inspect: async () => inspectReport,
  migrate: async () => migrateReport,
  plan: async () => somePlan,
  rejects: async () => rejectsReport,
  run: async () => firstRun,
  runs: async () => runsReport,
  sequences: async () => sequencesReport,
  status: async () => statusReport,
  undo: async () => undoReport,
  unlock: async () => unlockReport,
  verify: async () => ({ ...secondRun, command: 'verify' }),
}

/** Runs a command line in this process. */
export async function cli(line: string, differences: Differences = {}): Promise<Ended> {
  const stdout = new KeptOutput(differences.stdoutTty, differences.columns)
  const stderr = new KeptOutput(differences.stderrTty, differences.columns)
  const calls: Ended['calls'] = []
  const exits: number[] = []
  const library = Object.fromEntries(
    Object.entries({ ...answers, ...differences.library }).map(([name, answer]) => [
      name,
      (options: Record<string, unknown>) => {
        calls.push({ name, options })
        return (answer as (given: unknown) => unknown)(options)
      },
    ]),
  ) as unknown as Library
  const exitCode = await runCli(line === '' ? [] : line.split(' '), {
    stdin: Object.assign(Readable.from([Buffer.from(differences.typed ?? '')]), {
      isTTY: differences.typed !== undefined,
    }),
    stdout,
    stderr,
    env: differences.env ?? {},
    cwd: differences.cwd ?? '/nowhere',
    signals: differences.signals ?? new EventEmitter(),
    library,
    now: () => performance.now(),
    exit: (code) => exits.push(code),
  })
  return { exitCode, stdout: stdout.text, stderr: stderr.text, calls, exits }
}
