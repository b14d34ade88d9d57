/**
 * What a run can die of. A bad record is never one of these: it is a returned `Reject`.
 *
 * Every class says what was expected, what was found, where, and what to do. No message holds a row value.
 */

/** Facts that every error of carryover can carry. */
export interface ErrorFacts {
  /** What the operator should do next, one sentence. */
  hint?: string
  /** The error that led here; kept for `--verbose`, never printed as it is. */
  cause?: unknown
}

/** The common ground: a stable `code` (`area.reason`), a message for the operator and a hint. */
export abstract class CarryoverError extends Error {
  /** Stable, `area.reason`, for example `source.truncated`. */
  readonly code: string
  readonly hint: string | undefined
  /** What the process exits with when nobody catches the error. */
  abstract readonly exitCode: number

  constructor(code: string, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = new.target.name
    this.code = code
    this.hint = facts.hint
  }
}

/** The command line or an option of the library is not what it may be: exit code 64. */
export class UsageError extends CarryoverError {
  readonly exitCode = 64
}

/** A configuration or pipeline file is wrong: exit code 1. */
export class DefinitionError extends CarryoverError {
  readonly exitCode = 1
}

/** Where a thing stands in a source. */
export interface SourceLocation {
  /** As the user would type it, relative to the working directory where that is shorter. */
  file: string
  /** 1-based, of the unpacked text. */
  line: number
  /** 1-based, counted in bytes from the beginning of the line, a byte order mark included. */
  column: number
  /** 0-based byte offset into the unpacked text. */
  byte: number
}

/** A source cannot be read, or is not what its format says: exit code 1. */
export class SourceError extends CarryoverError {
  readonly exitCode = 1
  readonly location: SourceLocation | undefined

  constructor(code: string, message: string, facts: ErrorFacts & { location?: SourceLocation } = {}) {
    super(code, message, facts)
    this.location = facts.location
  }
}

/** The database refused or could not be reached: exit code 1. */
export class TargetError extends CarryoverError {
  readonly exitCode = 1
  /** True for what passes by itself: a deadlock, a serialization failure, a lost connection, a lock time-out. */
  readonly retryable: boolean

  constructor(code: string, message: string, facts: ErrorFacts & { retryable?: boolean } = {}) {
    super(code, message, facts)
    this.retryable = facts.retryable ?? false
  }
}

/** More than a limit admits: exit code 4. What is good stays. */
export class LimitError extends CarryoverError {
  readonly exitCode = 4
}

/** Another run holds the lock: exit code 3. */
export class LockedError extends CarryoverError {
  readonly exitCode = 3
}

/** What a run rests on is not what it was: a plan that is out of date, definitions that are older. Exit code 5. */
export class StaleError extends CarryoverError {
  readonly exitCode = 5
}

/** The caller's signal ended the run: exit code 130 unless the command line knows better. */
export class AbortedError extends CarryoverError {
  readonly exitCode = 130
}
