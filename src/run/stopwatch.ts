/** A clock that can be held while something else is at work. */
export interface Stopwatch {
  hold(): void
  goOn(): void
  /** Milliseconds that it ran. */
  elapsedMs(): number
}

/** A clock that runs. */
export function startStopwatch(): Stopwatch {
  let beforeMs = 0
  let sinceMs: number | undefined = performance.now()
  const elapsedMs = () => beforeMs + (sinceMs === undefined ? 0 : performance.now() - sinceMs)
  return {
    hold: () => {
      beforeMs = elapsedMs()
      sinceMs = undefined
    },
    goOn: () => (sinceMs ??= performance.now()),
    elapsedMs,
  }
}
