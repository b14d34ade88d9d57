import { CarryoverError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { openSource, type OpenSource } from '../source/open-source.js'
import type { RawRecord } from '../source/raw-record.js'
import type { CheckReport, Problem, PrintedPipeline } from './command-reports.js'
import { impureColumns } from './impure-columns.js'
import { mapChunk } from './map-chunk.js'
import type { CommonOptions } from './options.js'
import { openProject } from './project.js'
import { reportError } from './report-error.js'
import { problemOf } from '../pipeline/problem.js'
import { nameOfTable } from '../pipeline/referred-table.js'
import { selectPipelines } from '../pipeline/select-pipelines.js'

/** Records of each source that `check` reads and maps. */
const sampleRecords = 1_000

/** Reads the pipelines and a sample of their sources, and reports every problem. Asks no database. */
export async function check(options: CommonOptions = {}): Promise<CheckReport> {
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
    for (const pipeline of pipelines)
      report.pipelines.push(await checkPipeline(pipeline, project.settings.cwd, report.problems))
    if (report.problems.some((problem) => problem.severity === 'error'))
      Object.assign(report, { status: 'failed', exitCode: 1 })
  } catch (error) {
    const { error: reported, ...outcome } = reportError(error)
    Object.assign(report, outcome)
    report.errors.push(reported)
  }
  return report
}

async function checkPipeline(
  pipeline: CompiledPipeline,
  cwd: string,
  problems: Problem[],
): Promise<PrintedPipeline> {
  const sample = { records: 0, rejected: 0 }
  try {
    const source = await openSource(pipeline.source, { baseDir: pipeline.dir, displayDir: cwd })
    const objects = await firstRecords(source)
    const mapped = mapChunk(pipeline, objects)
    Object.assign(sample, { records: mapped.records, rejected: mapped.rejected.length })
    for (const column of impureColumns(pipeline, objects, mapped)) {
      problems.push({
        severity: 'error',
        code: 'pipeline.impure',
        message: `The column ${column} of ${pipeline.name} is not the same when it is made twice from the same record.`,
        hint: 'Leave out clocks and random numbers, or wrap them in onInsert or onChange.',
        pipeline: pipeline.name,
        file: pipeline.file,
      })
    }
  } catch (error) {
    if (!(error instanceof CarryoverError)) throw error
    problems.push(problemOf(error, { file: pipeline.file, pipeline: pipeline.name }))
  }
  return {
    name: pipeline.name,
    file: pipeline.file,
    target: pipeline.targetName,
    source: typeof pipeline.source === 'function' ? '(function)' : pipeline.source,
    key: typeof pipeline.key === 'function' ? '(function)' : pipeline.key,
    match: pipeline.match,
    policies: pipeline.policies,
    limits: pipeline.limits,
    columns: Object.fromEntries(pipeline.columns.map((column) => [column.property, printable(column.rule)])),
    needs: [...pipeline.needs],
    sample,
  }
}

async function firstRecords(source: OpenSource): Promise<RawRecord[]> {
  const records: RawRecord[] = []
  for await (const chunk of source.chunks()) {
    records.push(...chunk.slice(0, sampleRecords - records.length))
    if (records.length >= sampleRecords) break
  }
  return records
}

/** A rule as JSON: functions by a word, pipelines and tables by their name. */
function printable(rule: object): unknown {
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => {
      if (typeof value === 'function') return [key, '(function)']
      if (key === 'pipeline' && typeof value === 'object') return [key, (value as { name: string }).name]
      if (key === 'table') return [key, nameOfTable(value)]
      return [
        key,
        typeof value === 'object' && value !== null && 'normalize' in value
          ? { ...value, normalize: '(function)' }
          : value,
      ]
    }),
  )
}
