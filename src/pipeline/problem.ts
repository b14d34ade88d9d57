import type { CarryoverError } from '../errors.js'

/** Something wrong with a definition. Problems are collected: one run of `check` shows all of them. */
export interface DefinitionProblem {
  severity: 'error' | 'warning'
  /** `pipeline.no_such_column`, `source.not_found`, … */
  code: string
  message: string
  hint?: string
  pipeline?: string
  /** The file, relative to the working directory. */
  file?: string
}

/** An error as a problem of the file it came from. */
export function problemOf(
  error: CarryoverError,
  where: { file: string; pipeline?: string },
): DefinitionProblem {
  return {
    severity: 'error',
    code: error.code,
    message: error.message,
    ...where,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  }
}
