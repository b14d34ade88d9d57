import type { PipelineReport, RunReport } from '../../src/index.js'

/** What came of each pipeline, without what was skipped on the way, times and without what only a plan or only a run has. */
export type Comparable = Omit<PipelineReport, 'durationMs' | 'recordsPerSecond' | 'verification' | 'changes'>

/** The part of a report that a plan, a run of it and a run in other batches must have in common. */
export function comparable(report: RunReport): Comparable[] {
  return report.pipelines.map(({ name, source, outcomes, rows, warnings, rejects, enums = [] }) => ({
    name,
    source: { files: source.files, records: source.records },
    outcomes,
    rows,
    warnings,
    rejects,
    enums,
  }))
}

/** Rejects of one pipeline as `key → code column`, for those within the examples of the report. */
export function rejectsOf(report: RunReport, name: string): Record<string, string> {
  const pipeline = report.pipelines.find((candidate) => candidate.name === name)
  return Object.fromEntries(
    (pipeline?.rejects ?? []).flatMap(({ code, column, examples }) =>
      examples.map(({ key }) => [key ?? '', column === undefined ? code : `${code} ${column}`]),
    ),
  )
}

/** Messages of one pipeline's rejects by the key of their record. */
export function messagesOf(report: RunReport, name: string): Record<string, string> {
  const pipeline = report.pipelines.find((candidate) => candidate.name === name)
  return Object.fromEntries(
    (pipeline?.rejects ?? []).flatMap(({ examples }) =>
      examples.map(({ key, message }) => [key ?? '', message]),
    ),
  )
}

/** Legacy keys of the rows that a plan says it would delete. */
export function deletedIn(plan: RunReport, name: string): string[] {
  const changes = plan.pipelines.find((candidate) => candidate.name === name)?.changes ?? []
  return changes.flatMap(({ action, key }) => (action === 'delete' ? [key] : [])).toSorted()
}
