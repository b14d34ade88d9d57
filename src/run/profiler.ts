import type { ProcessClock } from './process-clock.js'
import { withoutDatabase, type Stage } from './stage.js'

/** The time of one stage. */
export interface StageTime {
  stage: Stage
  /** Whole milliseconds; no moment counts for two stages. */
  ms: number
  /** How often the database was asked, or a transaction was begun and ended; left out where that is not what the stage does. */
  calls?: number
}

/** Where the time of a pipeline went. */
export interface PipelineProfile {
  /** The longest first. */
  stages: StageTime[]
  /** Milliseconds of these in which the process slept until the database answered. SQLite works in the process: close to none. */
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

/** Times by stage, and the part of them that was waited for the database. */
interface Account {
  readonly stages: Map<Stage, { ms: number; calls: number | undefined }>
  waitedMs: number
}

/** A profiler that begins now. What is in no stage is the start of the run, until there was a pipeline; then its finish. */
export function startProfiler(clock: ProcessClock): Profiler {
  const run = newAccount()
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
      entryOf(account, stage).ms += now - sinceMs
      if (!withoutDatabase.has(stage)) account.waitedMs += idle - idleBefore
    }
    sinceMs = now
    idleBefore = idle
  }
  const accountOf = (name: string) => {
    const known = pipelines.get(name) ?? newAccount()
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

function newAccount(): Account {
  return { stages: new Map(), waitedMs: 0 }
}

function entryOf({ stages }: Account, stage: Stage): { ms: number; calls: number | undefined } {
  const known = stages.get(stage) ?? { ms: 0, calls: undefined }
  stages.set(stage, known)
  return known
}

/** Rounded down: the parts of a time are not to add up to more than the whole. */
function profileOf({ stages, waitedMs }: Account): PipelineProfile {
  const times = [...stages].map(([stage, { ms, calls }]): StageTime => {
    return { stage, ms: Math.floor(ms), ...(calls !== undefined && { calls }) }
  })
  return { stages: times.toSorted((a, b) => b.ms - a.ms), waitedMs: Math.floor(waitedMs) }
}
