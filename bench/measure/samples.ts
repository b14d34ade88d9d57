import type { Measured } from './run-process.js'

/** What each case took, round by round. */
export interface Samples {
  add(name: string, measured: Pick<Measured, 'seconds' | 'peakBytes'>): void
  has(name: string): boolean
  /** Median of the rounds. @throws Error when the case was not run */
  seconds(name: string): number
  /** The most of all rounds. */
  peakBytes(name: string): number
  /** Everything, for the JSON. */
  all(): Record<string, { seconds: number[]; peakBytes: number[] }>
}

/** No case was run yet. */
export function newSamples(): Samples {
  const cases = new Map<string, { seconds: number[]; peakBytes: number[] }>()
  const get = (name: string) => {
    const found = cases.get(name)
    if (found === undefined) throw new Error(`the case ${name} was not run`)
    return found
  }
  return {
    add: (name, { seconds, peakBytes }) => {
      const own = cases.get(name) ?? { seconds: [], peakBytes: [] }
      own.seconds.push(seconds)
      own.peakBytes.push(peakBytes)
      cases.set(name, own)
      process.stderr.write(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(8)} s\n`)
    },
    has: (name) => cases.has(name),
    seconds: (name) => median(get(name).seconds),
    peakBytes: (name) => Math.max(...get(name).peakBytes),
    all: () => Object.fromEntries(cases),
  }
}

/** `[3, 1, 2]` → 2. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
