import { getTableName, is, Table } from 'drizzle-orm'
import type { ColumnRule } from '../record/column.js'
import { describeIssues } from '../record/describe-issues.js'
import { checkKey, checkMatch } from './check-definition.js'
import { compileBookkeeping } from './compile-bookkeeping.js'
import { compileChildren, withDescendants } from './compile-children.js'
import { compileColumns, fieldsOf, type Report } from './compile-columns.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import { environmentsSchema, limitsSchema, policiesSchema, type Bookkeeping } from './define-config.js'
import type { AnyPipeline } from './define-pipeline.js'
import { defaultLimits, defaultPolicies, type Limits, type Policies } from './policies.js'
import type { DefinitionProblem } from './problem.js'
import { referredPipeline } from './referred-pipeline.js'

/** What a pipeline is compiled with. */
export interface CompileContext {
  file: string
  dir: string
  /** The configuration's choices, for pipelines that make none. */
  policies: Policies
  limits: Limits
  bookkeeping: Bookkeeping
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
  for (const { property, rule } of columns) {
    if (rule.kind === 'parent')
      report(
        'pipeline.no_parent',
        `The column ${property} of ${pipeline.name} asks for a row above, and there is none.`,
      )
  }
  checkKey(pipeline, fields, report)
  checkMatch(pipeline, report)
  checkChoices(pipeline, report)
  const policies = { ...defaultPolicies, ...context.policies, ...pipeline.policies }
  const children = compileChildren(pipeline, { policies, bookkeeping: context.bookkeeping }, report)
  const bookkeeping = compileBookkeeping(pipeline.target, pipeline.columns, context.bookkeeping)
  if (policies.missing === 'soft-delete' && bookkeeping.deletedAt === undefined) {
    report(
      'pipeline.no_deleted_at',
      `${pipeline.name} marks removed records as deleted, and its table has no column for that which it does not give itself.`,
      "Name the column's property in the configuration: `bookkeeping: { deletedAt: 'deletedAt' }`.",
    )
  }
  if (problems.length > 0) return { compiled: undefined, problems }
  const allColumns = [{ columns }, ...withDescendants(children)].flatMap((mapping) => mapping.columns)
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
    policies,
    bookkeeping,
    children,
    limits: { ...defaultLimits, ...context.limits, ...pipeline.limits },
    environments: pipeline.environments,
    needs: [...new Set(allColumns.flatMap((column) => referredBy(column.rule)))].filter(
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

function checkChoices(pipeline: AnyPipeline, report: Report): void {
  const policies = policiesSchema.safeParse(pipeline.policies ?? {})
  if (!policies.success)
    report('pipeline.policies', `The policies of ${pipeline.name}: ${describeIssues(policies.error.issues)}`)
  const limits = limitsSchema.safeParse(pipeline.limits ?? {})
  if (!limits.success)
    report('pipeline.limits', `The limits of ${pipeline.name}: ${describeIssues(limits.error.issues)}`)
  const environments = environmentsSchema.safeParse(pipeline.environments)
  if (!environments.success)
    report(
      'pipeline.environments',
      `The environments of ${pipeline.name}: ${describeIssues(environments.error.issues)}`,
    )
}
