import type { ProcessClock } from './process-clock.js'
import { withoutDatabase, type Stage } from './stage.js'

/** The time of one stage. */
export interface StageTime {
  stage: Stage
  /** Whole milliseconds; no moment counts for two stages. */
  ms: number
  /** How often the database was turned to, or a transaction was begun and ended; left out where that is not what the stage does. */
  calls?: number
  /** Of `ms`, what the process slept until the database answered; left out where that is less than one. */
  waitedMs?: number
}

/** Where the time of a pipeline went. */
export interface PipelineProfile {
  /** The longest first. */
  stages: StageTime[]
  /** What the process slept until the database answered. SQLite works in the process itself: close to none. */
  waitedMs: number
}

/** Where the time of a run went; its stages are those of all pipelines, and what comes before and behind them. */
export interface RunProfile extends PipelineProfile {
  /** What the process computed, all of its threads together; a Postgres server computes elsewhere. */
  cpuMs: number
  /** The most memory that the process ever had. */
  peakMemoryMb: number
}

/**
 * Tells every moment of a run to one stage: to the one that was begun last and has not come to its end. What is read, mapped and
 * encoded ahead takes the thread while the database is at work on the batch before; such a moment counts for what the thread does.
 * A question to the database has what is left: the moments in which nothing else was done until it was answered.
 */
export interface Profiler {
  /** Begins a stage, inside of the one that is at work; answers what ends it. */
  begin(stage: Stage, options?: { pipeline?: string; isCall?: boolean }): () => void
  /** The stage that is at work. */
  stage(): Stage
  ofPipeline(name: string): PipelineProfile | undefined
  ofRun(): RunProfile | undefined
}

/** Keeps no time: nobody has asked for it. */
export const noProfiler: Profiler = {
  begin: () => () => undefined,
  stage: () => 'start',
  ofPipeline: () => undefined,
  ofRun: () => undefined,
}

/** What is known of a stage so far. */
interface Entry {
  ms: number
  waitedMs: number
  calls: number | undefined
}

type Account = Map<Stage, Entry>

/** A profiler that begins now. What is in no stage is the start of the run, until there was a pipeline; then its finish. */
export function startProfiler(clock: ProcessClock): Profiler {
  const run: Account = new Map()
  const pipelines = new Map<string, Account>()
  const open: { readonly stage: Stage; readonly accounts: readonly Account[] }[] = []
  const cpuBefore = clock.cpu()
  let sinceMs = clock.now()
  let idleBefore = clock.idle()
  const around = () => open.at(-1) ?? { stage: pipelines.size === 0 ? 'start' : 'finish', accounts: [run] }
  const settle = () => {
    const [now, idle] = [clock.now(), clock.idle()]
    const { stage, accounts } = around()
    for (const account of now > sinceMs ? accounts : []) {
      const entry = entryOf(account, stage)
      entry.ms += now - sinceMs
      if (!withoutDatabase.has(stage)) entry.waitedMs += idle - idleBefore
    }
    sinceMs = now
    idleBefore = idle
  }
  const accountOf = (name: string) => {
    const known = pipelines.get(name) ?? new Map<Stage, Entry>()
    pipelines.set(name, known)
    return known
  }
  return {
    begin: (stage, { pipeline, isCall = false } = {}) => {
      settle()
      const accounts = pipeline === undefined ? around().accounts : [run, accountOf(pipeline)]
      const begun = { stage, accounts }
      for (const account of accounts) {
        const entry = entryOf(account, stage)
        if (isCall) entry.calls = (entry.calls ?? 0) + 1
      }
      open.push(begun)
      return () => {
        const at = open.lastIndexOf(begun)
        if (at < 0) return
        settle()
        open.splice(at, 1)
      }
    },
    stage: () => around().stage,
    ofPipeline: (name) => {
      settle()
      const account = pipelines.get(name)
      return account && profileOf(account)
    },
    ofRun: () => {
      settle()
      const cpuMs = Math.round(clock.cpu() - cpuBefore)
      return { ...profileOf(run), cpuMs, peakMemoryMb: clock.peakMemoryMb() }
    },
  }
}

function entryOf(account: Account, stage: Stage): Entry {
  const known = account.get(stage) ?? { ms: 0, waitedMs: 0, calls: undefined }
  account.set(stage, known)
  return known
}

/** Rounded down: the parts of a time are not to add up to more than the whole. */
function profileOf(account: Account): PipelineProfile {
  const times = [...account].map(([stage, { ms, calls, waitedMs }]): StageTime => ({
    stage,
    ms: Math.floor(ms),
    ...(calls !== undefined && { calls }),
    ...(waitedMs >= 1 && { waitedMs: Math.floor(waitedMs) }),
  }))
  const waitedMs = [...account.values()].reduce((sum, entry) => sum + entry.waitedMs, 0)
  return { stages: times.toSorted((a, b) => b.ms - a.ms), waitedMs: Math.floor(waitedMs) }
}
