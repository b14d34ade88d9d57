import { getTableColumns, getTableName } from 'drizzle-orm'
import type { ReferenceRule } from '../record/column.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import type { DefinitionProblem } from './problem.js'
import { referredPipeline } from './referred-pipeline.js'
import { referredTable } from './referred-table.js'
import { reportedColumns } from './reported-columns.js'

/** References that do not fit what they lead to. */
export function referenceProblems(pipelines: readonly CompiledPipeline[]): DefinitionProblem[] {
  const byName = new Map(pipelines.map((pipeline) => [pipeline.name, pipeline]))
  return pipelines.flatMap((pipeline) =>
    reportedColumns(pipeline).flatMap(({ column: { property, rule }, mapping }): DefinitionProblem[] => {
      if (rule.kind !== 'reference') return []
      const to = byName.get(referredPipeline(rule) ?? '')
      return problemsOf(`${mapping.name}.${property}`, rule, to).map((problem) => ({
        severity: 'error',
        ...problem,
        pipeline: pipeline.name,
        file: pipeline.file,
      }))
    }),
  )
}

type Found = Pick<DefinitionProblem, 'code' | 'message' | 'hint'>

function problemsOf(column: string, rule: ReferenceRule, to: CompiledPipeline | undefined): Found[] {
  return [lookUpProblem(column, rule), keyProblem(column, rule, to), stubProblem(column, rule, to)].filter(
    (problem) => problem !== undefined,
  )
}

function lookUpProblem(column: string, rule: ReferenceRule): Found | undefined {
  const { by, field } = rule
  if (by !== undefined && typeof field !== 'string') {
    return {
      code: 'pipeline.reference_by',
      message: `${column} looks up the column ${by} by several fields.`,
      hint: 'Name one field; several make a legacy key.',
    }
  }
  const table = referredTable(rule)
  if (table === undefined) return undefined
  const columns = getTableColumns(table)
  if (by !== undefined && by in columns) return undefined
  const fault = by === undefined ? 'without saying by which column' : `by ${by}, which it does not have`
  return {
    code: 'pipeline.reference_by',
    message: `${column} refers to the table ${getTableName(table)} ${fault}.`,
    hint: `Its columns are ${Object.keys(columns).join(', ')}: say \`by\`.`,
  }
}

function keyProblem(
  column: string,
  { field, by }: ReferenceRule,
  to: CompiledPipeline | undefined,
): Found | undefined {
  if (to === undefined || by !== undefined || typeof to.key === 'function') return undefined
  const fields = typeof field === 'string' ? [field] : field
  if (fields.length === to.key.length) return undefined
  return {
    code: 'pipeline.reference_key',
    message: `${column} refers to ${to.name} by ${fields.join(' + ')}, but its key is ${to.key.join(' + ')}.`,
    hint: 'Name as many fields as the key has, in its order.',
  }
}

function stubProblem(
  column: string,
  { missing, by }: ReferenceRule,
  to: CompiledPipeline | undefined,
): Found | undefined {
  if (missing !== 'stub' || (to?.stub !== undefined && by === undefined)) return undefined
  const reason =
    to === undefined
      ? 'nobody imports the rows it refers to'
      : to.stub === undefined
        ? `the pipeline ${to.name} does not say what stands for a missing record`
        : 'it looks up a column, and a stub is made from a legacy key'
  return {
    code: 'pipeline.no_stub',
    message: `${column} asks for a stub, but ${reason}.`,
    hint: "Give the pipeline a function `stub` that answers such a record, and refer to it by its legacy key; or say `missing: 'null'`.",
  }
}
