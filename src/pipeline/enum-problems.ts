import { getTableColumns, is, type Column } from 'drizzle-orm'
import { PgArray } from 'drizzle-orm/pg-core'
import { enumOf } from '../record/enum-of.js'
import type { EnumDefinition } from '../record/match-enum.js'
import { withDescendants } from './compile-children.js'
import type { CompiledMapping, CompiledPipeline } from './compiled-pipeline.js'
import type { DefinitionProblem } from './problem.js'

/** A column that an enum makes. */
interface EnumUse {
  readonly pipeline: CompiledPipeline
  readonly mapping: CompiledMapping
  readonly property: string
  readonly definition: EnumDefinition
  /** What the drizzle schema lets the column hold, where it says so. */
  readonly declared: readonly string[] | undefined
}

/** Where an enum is declared in more than one place, or its column is declared with other values. */
export function enumProblems(pipelines: readonly CompiledPipeline[]): DefinitionProblem[] {
  const uses = pipelines.flatMap(usesOf)
  return [...declaredTwice(uses), ...uses.flatMap(differsFromColumn)]
}

function usesOf(pipeline: CompiledPipeline): EnumUse[] {
  return [pipeline, ...withDescendants(pipeline.children)].flatMap((mapping) => {
    const columns = getTableColumns(mapping.target)
    return mapping.columns.flatMap(({ property, rule }) => {
      const definition = enumOf(rule)
      if (definition === undefined) return []
      const declared = declaredValues(columns[property])
      return [{ pipeline, mapping, property, definition, declared: declared?.length ? declared : undefined }]
    })
  })
}

/** Of an array, what its elements may be. */
function declaredValues(column: Column | undefined): readonly string[] | undefined {
  return is(column, PgArray) ? declaredValues(column.baseColumn) : column?.enumValues
}

function declaredTwice(uses: readonly EnumUse[]): DefinitionProblem[] {
  const firsts = new Map<string, EnumUse>()
  const met = new Set<EnumDefinition>()
  return uses.flatMap((use) => {
    const { definition, pipeline } = use
    const first = firsts.get(definition.name)
    if (first === undefined) firsts.set(definition.name, use)
    if (met.has(definition)) return []
    met.add(definition)
    if (first === undefined) return []
    const differences = differencesOf(first, use)
    const both = `${nameOf(first)} (${first.pipeline.file}) and ${nameOf(use)} (${pipeline.file})`
    return [
      {
        severity: differences.length > 0 ? 'error' : 'warning',
        code: 'pipeline.enum_twice',
        message: `The enum ${definition.name} is declared twice, for ${both}${differences.length > 0 ? `: ${differences.join('; ')}` : ', so far alike'}.`,
        hint: 'Declare it in one module that both import; if they are two different enums, give one of them another name.',
        pipeline: pipeline.name,
        file: pipeline.file,
      },
    ]
  })
}

/** What two declarations do not have in common, in words. */
function differencesOf(first: EnumUse, second: EnumUse): string[] {
  const [a, b] = [first.definition, second.definition]
  const aliases = (definition: EnumDefinition) =>
    Object.entries(definition.aliases).map(([legacy, value]) => `${legacy} → ${value}`)
  return [
    ...onlyIn(first, 'the values', a.values, b.values),
    ...onlyIn(second, 'the values', b.values, a.values),
    ...onlyIn(first, 'the aliases', aliases(a), aliases(b)),
    ...onlyIn(second, 'the aliases', aliases(b), aliases(a)),
    ...(a.fallback === b.fallback
      ? []
      : [`the fallback is ${a.fallback ?? 'none'} and ${b.fallback ?? 'none'}`]),
    ...(String(a.normalize) === String(b.normalize) ? [] : ['`normalize` is not the same']),
  ]
}

function onlyIn(use: EnumUse, what: string, own: readonly string[], others: readonly string[]): string[] {
  const only = own.filter((value) => !others.includes(value))
  return only.length === 0 ? [] : [`only ${nameOf(use)} has ${what} ${only.join(', ')}`]
}

function differsFromColumn({
  pipeline,
  mapping,
  property,
  definition,
  declared,
}: EnumUse): DefinitionProblem[] {
  if (declared === undefined) return []
  const lacking = definition.values.filter((value) => !declared.includes(value))
  const beyond = declared.filter((value) => !definition.values.includes(value))
  const about = { code: 'pipeline.enum_differs', pipeline: pipeline.name, file: pipeline.file }
  const column = `The column ${mapping.targetName}.${property}, which ${mapping.name} makes by ${definition.name},`
  const problems: DefinitionProblem[] = []
  if (lacking.length > 0) {
    problems.push({
      ...about,
      severity: 'error',
      message: `${column} is declared with ${declared.join(', ')}, and lacks ${lacking.join(', ')}.`,
      hint: `Declare the column with the values of the enum (\`.column(…)\`, or \`pgEnum('…', ….values)\`) and migrate, or take the values out of ${definition.name}.`,
    })
  }
  if (beyond.length > 0) {
    problems.push({
      ...about,
      severity: 'warning',
      message: `${column} is declared with ${beyond.join(', ')} too, which the enum does not have.`,
      hint: `No record can get there: add it to ${definition.name}, unless only the application writes it.`,
    })
  }
  return problems
}

function nameOf({ mapping, property }: EnumUse): string {
  return `${mapping.name}.${property}`
}
