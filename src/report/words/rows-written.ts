import type { PipelineReport, RunReport } from '../../run/run-report.js'

/** How many rows of the target a pipeline wrote, or a plan would write. */
export function rowsWritten(pipeline: PipelineReport): number {
  const { inserted, updated, deleted } = pipeline.rows
  return inserted + updated + deleted
}

/** The same over all pipelines. */
export function allRowsWritten(report: RunReport): number {
  return report.pipelines.reduce((sum, pipeline) => sum + rowsWritten(pipeline), 0)
}
