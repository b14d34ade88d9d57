import { selectPipelines } from '../pipeline/select-pipelines.js'
import { checkPipeline } from './check-pipeline.js'
import type { CheckReport, Problem } from './command-reports.js'
import type { CheckOptions } from './options.js'
import { openProject } from './project.js'
import { endWithError } from './report-error.js'

/**
 * Reads the pipelines and the whole of their sources, and reports every problem, every record that would be rejected before
 * the database is asked, and where every legacy value of an enum leads. Asks no database.
 *
 * Exit code 1 when a definition or a source is wrong, 4 when more records of a pipeline would be rejected than it admits.
 */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  const report: CheckReport = {
    schemaVersion: 1,
    command: 'check',
    status: 'ok',
    exitCode: 0,
    errors: [],
    pipelines: [],
    problems: [],
  }
  try {
    const project = await openProject(options)
    report.problems.push(...project.problems)
    const sound = report.problems.every((problem) => problem.severity !== 'error')
    const pipelines = sound ? selectPipelines(project.pipelines, project.settings.only) : project.pipelines
    const context = {
      settings: project.settings,
      signal: options.signal,
      onProgress: options.onProgress,
    }
    for (const [index, pipeline] of pipelines.entries()) {
      const position = { index: index + 1, count: pipelines.length }
      const { checked, problems } = await checkPipeline(context, pipeline, position)
      report.pipelines.push(checked)
      report.problems.push(...problems)
    }
    Object.assign(report, judge(report.problems))
  } catch (error) {
    endWithError(report, error)
  }
  return report
}

function judge(problems: readonly Problem[]): Pick<CheckReport, 'status' | 'exitCode'> {
  if (problems.some((problem) => problem.severity === 'error')) return { status: 'failed', exitCode: 1 }
  // The code that the run would end with.
  return problems.some((problem) => problem.code === 'pipeline.rejects')
    ? { status: 'rejects', exitCode: 4 }
    : { status: 'ok', exitCode: 0 }
}
