import type { Surroundings } from './surroundings.js'

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** The signals of one command. */
export interface SignalWatch {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal
  /** 130 or 143 once a signal came. */
  exitCode(): number | undefined
  release(): void
}

/** Listens for SIGINT and SIGTERM: the first asks the work to stop, the second ends the process at once. */
export function watchSignals(
  { signals, exit }: Surroundings,
  announce: (signal: string) => void,
): SignalWatch {
  const controller = new AbortController()
  let exitCode: number | undefined
  const listener = (name: keyof typeof exitCodes) => () => {
    if (exitCode !== undefined) return exit(exitCodes[name])
    exitCode = exitCodes[name]
    announce(name)
    controller.abort()
  }
  const interrupted = listener('SIGINT')
  const terminated = listener('SIGTERM')
  signals.on('SIGINT', interrupted)
  signals.on('SIGTERM', terminated)
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    release: () => {
      signals.off('SIGINT', interrupted)
      signals.off('SIGTERM', terminated)
    },
  }
}
