import { getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import type { ColumnRule } from '../record/column.js'
import { describeIssues } from '../record/describe-issues.js'
import { compileColumns, fieldsOf, type Report } from './compile-columns.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import { limitsSchema, policiesSchema } from './define-config.js'
import type { AnyPipeline } from './define-pipeline.js'
import { defaultPolicies, type Limits, type Policies } from './policies.js'
import type { DefinitionProblem } from './problem.js'
import { referredPipeline } from './referred-pipeline.js'

/** What a pipeline is compiled with. */
export interface CompileContext {
  file: string
  dir: string
  /** The configuration's choices, for pipelines that make none. */
  policies: Policies
  limits: Limits
}

/** A pipeline with every choice made, or every problem of its definition. */
export function compilePipeline(
  pipeline: AnyPipeline,
  context: CompileContext,
):
  | { compiled: CompiledPipeline; problems: DefinitionProblem[] }
  | { compiled: undefined; problems: DefinitionProblem[] } {
  const problems: DefinitionProblem[] = []
  const report = (code: string, message: string, hint?: string) =>
    problems.push({
      severity: 'error',
      code,
      message,
      pipeline: pipeline.name,
      file: context.file,
      ...(hint === undefined ? {} : { hint }),
    })
  if (typeof pipeline.name !== 'string' || !/^\S(.*\S)?$/.test(pipeline.name)) {
    report('pipeline.name', 'A pipeline needs a name.')
  }
  if (!is(pipeline.target, Table)) {
    report('pipeline.target', `The target of ${pipeline.name} is not a drizzle table.`)
    return { compiled: undefined, problems }
  }
  const fields = fieldsOf(pipeline.record)
  const columns = compileColumns(pipeline, fields, report)
  checkKey(pipeline, fields, report)
  checkMatch(pipeline, report)
  checkChoices(pipeline, report)
  if (problems.length > 0) return { compiled: undefined, problems }
  const compiled: CompiledPipeline = {
    name: pipeline.name,
    file: context.file,
    dir: context.dir,
    source: pipeline.source,
    schema: pipeline.record,
    key: typeof pipeline.key === 'string' ? [pipeline.key] : pipeline.key,
    filter: pipeline.filter,
    stub: pipeline.stub,
    target: pipeline.target,
    targetName: getTableName(pipeline.target),
    columns,
    match: pipeline.match ?? 'every-unique',
    policies: { ...defaultPolicies, ...context.policies, ...pipeline.policies },
    limits: { rejects: pipeline.limits?.rejects ?? context.limits.rejects ?? 0 },
    needs: [...new Set(columns.flatMap((column) => referredBy(column.rule)))].filter(
      (name) => name !== pipeline.name,
    ),
    late: [],
  }
  return { compiled, problems }
}

function referredBy(rule: ColumnRule): string[] {
  const name = rule.kind === 'reference' ? referredPipeline(rule) : undefined
  return name === undefined ? [] : [name]
}

function checkKey(pipeline: AnyPipeline, fields: ReadonlySet<string> | undefined, report: Report): void {
  if (typeof pipeline.key === 'function') return
  const names = typeof pipeline.key === 'string' ? [pipeline.key] : pipeline.key
  if (!Array.isArray(names) || names.length === 0) {
    report('pipeline.key', `${pipeline.name} needs a key: the field that identifies a record across runs.`)
    return
  }
  for (const name of names as string[]) {
    if (fields !== undefined && !fields.has(name)) {
      report(
        'pipeline.no_such_field',
        `The key of ${pipeline.name} reads the field ${name}, which the record does not have.`,
      )
    }
  }
}

function checkMatch(pipeline: AnyPipeline, report: Report): void {
  if (pipeline.match === undefined || pipeline.match === 'every-unique') return
  const names = new Set(Object.keys(getTableColumns(pipeline.target)))
  for (const key of pipeline.match) {
    for (const column of key) {
      if (!names.has(column))
        report(
          'pipeline.no_such_column',
          `The match of ${pipeline.name} names the column ${column}, which its target does not have.`,
        )
    }
  }
}

function checkChoices(pipeline: AnyPipeline, report: Report): void {
  const policies = policiesSchema.safeParse(pipeline.policies ?? {})
  if (!policies.success)
    report('pipeline.policies', `The policies of ${pipeline.name}: ${describeIssues(policies.error.issues)}`)
  const limits = limitsSchema.safeParse(pipeline.limits ?? {})
  if (!limits.success)
    report('pipeline.limits', `The limits of ${pipeline.name}: ${describeIssues(limits.error.issues)}`)
}
