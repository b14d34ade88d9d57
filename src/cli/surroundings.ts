import type { Library } from './library.js'

/** A stream that text goes to. */
export interface Output {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}

/** A stream that bytes come from; nothing is read before it is asked for. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY?: boolean | undefined
  destroy?(): unknown
}

/** Where signals come from. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/** Everything of the world that the command line touches, so that a test can hand it another one. */
export interface Surroundings {
  stdin: Input
  stdout: Output
  stderr: Output
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  signals: SignalSource
  library: Library
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Ends the process at once. */
  exit(code: number): void
}
