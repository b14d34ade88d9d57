import { DefinitionError } from '../errors.js'
import type { CompiledMapping, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { referredPipeline } from '../pipeline/referred-pipeline.js'
import { referredTable } from '../pipeline/referred-table.js'
import type { TargetTable } from '../target/table.js'
import type { Parent, PreparedColumn } from './prepared-pipeline.js'
import type { PreparationContext } from './prepare-pipeline.js'

/**
 * Where the references of a mapping lead, by index of the column.
 * @param root the pipeline that it is or that it is a child of
 * @throws DefinitionError when a reference cannot be looked up, or cannot be left open where it must be
 */
export async function prepareParents(
  mapping: CompiledMapping,
  columns: readonly PreparedColumn[],
  table: TargetTable,
  { tableOf }: Pick<PreparationContext, 'tableOf'>,
  root: string,
): Promise<Map<number, Parent>> {
  const parents = new Map<number, Parent>()
  for (const [index, column] of columns.entries()) {
    if (column.rule.kind !== 'reference') continue
    const name = referredPipeline(column.rule)
    const parent = await tableOf(name ?? (referredTable(column.rule) as CompiledMapping['target']))
    if (parent.rowKey.length !== 1) {
      throw new DefinitionError(
        'pipeline.composite_reference',
        `${mapping.name}.${column.property} refers to ${parent.name}, whose key has several columns.`,
        {
          hint: 'Refer to a table with a key of one column, or compute the columns with functions.',
        },
      )
    }
    parents.set(index, {
      pipeline: name,
      table: parent,
      by: byColumn(column.rule.by, parent),
      missing: column.rule.missing,
      own: name === root || (name === undefined && parent.name === table.name),
      late: isLate(mapping, column),
    })
  }
  return parents
}

function isLate(mapping: CompiledMapping, { property, live }: PreparedColumn): boolean {
  const late = 'late' in mapping && (mapping as CompiledPipeline).late.includes(property)
  if (!late || live.nullable) return late
  throw new DefinitionError(
    'pipeline.cycle',
    `${mapping.name}.${property} is part of a circle of references and must be null at first, but the database has it as not null.`,
    {
      hint: 'The database is not as the schema says: run `carryover migrate`, or declare the column as not null.',
    },
  )
}

function byColumn(by: string | undefined, parent: TargetTable): string | undefined {
  if (by === undefined) return undefined
  const column = parent.columns.find((candidate) => candidate.property === by || candidate.name === by)
  if (column !== undefined) return column.name
  throw new DefinitionError(
    'pipeline.no_such_column',
    `A reference looks up ${parent.name} by ${by}, which it does not have.`,
    {
      hint: `Its columns are ${parent.columns.map((candidate) => candidate.property ?? candidate.name).join(', ')}.`,
    },
  )
}
