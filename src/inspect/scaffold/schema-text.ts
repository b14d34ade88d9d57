import { propertyKey, propertyOf, stringLiteral } from './literals.js'
import { constraintName } from './names.js'
import type { ColumnPlan, PipelinePlan } from './plan.js'

/** The module of the tables: each with its primary key, its unique keys, the checks of its enums and its references. */
export function schemaText(pipelines: readonly PipelinePlan[]): string {
  const columns = pipelines.flatMap((pipeline) => pipeline.columns)
  const enums = new Set(columns.flatMap(({ type }) => ('enum' in type ? [type.enum.variable] : [])))
  const isOwn = pipelines.some((pipeline) =>
    pipeline.columns.some((one) => one.references === pipeline.variable),
  )
  const builders = new Set([
    'pgTable',
    ...columns.flatMap(({ type }) => ('builder' in type ? [type.builder] : [])),
    ...(columns.some(({ unique }) => unique) ? ['unique'] : []),
    ...(columns.some(({ references }) => references !== undefined) ? ['index'] : []),
  ])
  const imported = [...(isOwn ? ['type AnyPgColumn'] : []), ...[...builders].toSorted()]
  return `${[
    'import {',
    ...imported.map((name) => `  ${name},`),
    "} from 'drizzle-orm/pg-core'",
    ...(enums.size === 0 ? [] : [`import { ${[...enums].toSorted().join(', ')} } from './enums.js'`]),
    ...pipelines.flatMap((pipeline) => ['', ...tableLines(pipeline)]),
  ].join('\n')}\n`
}

function tableLines({ variable, name, columns }: PipelinePlan): string[] {
  const constraints = columns.flatMap((column) => constraintsOf(name, column))
  const fields = columns.map((column) => `${propertyKey(column.property)}: ${columnText(variable, column)},`)
  if (constraints.length === 0) {
    return [
      `export const ${variable} = pgTable(${stringLiteral(name)}, {`,
      ...fields.map((field) => `  ${field}`),
      '})',
    ]
  }
  return [
    `export const ${variable} = pgTable(`,
    `  ${stringLiteral(name)},`,
    '  {',
    ...fields.map((field) => `    ${field}`),
    '  },',
    '  (table) => [',
    ...constraints.map((constraint) => `    ${constraint},`),
    '  ],',
    ')',
  ]
}

function columnText(table: string, { type, name, isKey, notNull, references }: ColumnPlan): string {
  const column = stringLiteral(name)
  const built =
    'enum' in type
      ? `${type.enum.variable}.column(${column})`
      : `${type.builder}(${column}${type.settings === undefined ? '' : `, ${type.settings}`})`
  const own = references === table ? ': AnyPgColumn' : ''
  return [
    built,
    isKey ? '.primaryKey()' : notNull ? '.notNull()' : '',
    references === undefined ? '' : `.references(()${own} => ${references}.id)`,
  ].join('')
}

function constraintsOf(table: string, { property, name, type, unique, references }: ColumnPlan): string[] {
  const column = propertyOf('table', property)
  const quoted = (kind: 'key' | 'check' | 'idx'): string => stringLiteral(constraintName(table, name, kind))
  return [
    ...(unique ? [`unique(${quoted('key')}).on(${column})`] : []),
    ...('enum' in type ? [`${type.enum.variable}.check(${quoted('check')}, ${column})`] : []),
    ...(references === undefined ? [] : [`index(${quoted('idx')}).on(${column})`]),
  ]
}
