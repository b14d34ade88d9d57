/** Something wrong with a definition. Problems are collected: one run of `check` shows all of them. */
export interface DefinitionProblem {
  severity: 'error' | 'warning'
  /** `pipeline.no_such_column`, … */
  code: string
  message: string
  hint?: string
  pipeline?: string
  file?: string
}
