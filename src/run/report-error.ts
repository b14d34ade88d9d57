import { CarryoverError } from '../errors.js'

/** An error as reports carry it. */
export interface ReportedError {
  code: string
  message: string
  hint?: string
}

/** A status and an exit code for what ended a command, and the error itself without row values. */
export function reportError(error: unknown): {
  status: 'failed' | 'locked' | 'stale'
  exitCode: number
  error: ReportedError
} {
  if (!(error instanceof CarryoverError)) throw error
  return {
    status: error.exitCode === 3 ? 'locked' : error.exitCode === 5 ? 'stale' : 'failed',
    exitCode: error.exitCode,
    error: {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    },
  }
}

/** Puts what ended a command into its report. @throws what is no `CarryoverError`: a defect */
export function endWithError(
  report: { status: string; exitCode: number; errors: ReportedError[] },
  error: unknown,
): void {
  const { error: reported, ...outcome } = reportError(error)
  Object.assign(report, outcome)
  report.errors.push(reported)
}
