import { DefinitionError } from '../errors.js'
import type { CompiledMapping } from '../pipeline/compiled-pipeline.js'
import { fingerprintsOf } from '../record/fingerprint.js'
import type { TargetTable, UniqueKey } from '../target/table.js'
import { takesPart } from '../target/takes-part.js'
import { bookkeepingColumns } from './bookkeeping-columns.js'
import { insertedMarks } from './inserted-marks.js'
import { prepareParents } from './prepare-parents.js'
import type { PreparedColumn, PreparedPipeline } from './prepared-pipeline.js'

/** What a pipeline is prepared in. */
export interface PreparationContext {
  /** The live table of a pipeline or child, or of a drizzle table. */
  tableOf(of: string | CompiledMapping['target']): Promise<TargetTable>
  /** What a row's book-keeping says of the time. */
  readonly startedAt: Date
  /** All pipelines and their children. */
  readonly mappings: readonly CompiledMapping[]
}

/**
 * Joins a pipeline and its live table, and so its children.
 * @param project what is around it
 * @param root the pipeline that a child belongs to
 * @throws DefinitionError when the live table lacks a column, or no unique key is as `match` says
 */
export async function preparePipeline(
  pipeline: CompiledMapping,
  table: TargetTable,
  project: PreparationContext,
  root = pipeline.name,
): Promise<PreparedPipeline> {
  const { tableOf, startedAt } = project
  const kept = bookkeepingColumns(pipeline, table, startedAt)
  const columns = [...pipeline.columns, ...kept].map((column): PreparedColumn => {
    const live = table.columns.find((candidate) => candidate.name === column.name)
    if (live !== undefined) return { ...column, live, quoted: JSON.stringify(column.name) }
    throw new DefinitionError(
      'target.no_column',
      `The table ${table.name} has no column ${column.name}, which ${pipeline.name} writes.`,
      {
        hint: 'The database is behind the schema: run `carryover migrate`.',
      },
    )
  })
  const always = columns.filter((column) => column.timing === 'always').map((column) => column.name)
  const wanted = wantedKeys(pipeline, table, columns)
  const keys = wanted.filter((key) => takesPart(key, always)).map((key) => key.name)
  const parents = await prepareParents(pipeline, columns, table, project, root)
  const children: PreparedPipeline[] = []
  for (const child of pipeline.children) {
    if (child.columns.some(({ rule }) => rule.kind === 'parent') && table.rowKey.length !== 1)
      throw compositeParent(child.name, table)
    children.push(await preparePipeline(child, await tableOf(child.name), project, root))
  }
  const compared = columns
    .filter((column) => column.timing === 'always' && !table.rowKey.includes(column.name))
    .map((column) => column.name)
  return {
    pipeline,
    table,
    columns,
    names: columns.map((column) => column.name),
    compared,
    isCompared: new Set(compared),
    counted: countedOf(columns),
    insertedMarks: insertedMarks(columns, compared),
    keys,
    givenKeys: table.uniqueKeys.filter((key) => takesPart(key, always)).map((key) => key.name),
    unusedKeys: table.uniqueKeys.map((key) => key.name).filter((name) => !keys.includes(name)),
    parents,
    stamps: columns.filter((column) => column.timing === 'change').map((column) => column.name),
    others: new Set(
      project.mappings
        .filter((other) => other.name !== pipeline.name && other.targetName === pipeline.targetName)
        .flatMap((other) => other.columns.map(({ name }) => name)),
    ),
    children,
  }
}

function countedOf(columns: readonly PreparedColumn[]): PreparedPipeline['counted'] {
  // The key of the row above is not the element's own: what moved with its record has not changed.
  const positions = [...columns.keys()].filter(
    (index) => columns[index]?.timing === 'always' && columns[index].rule.kind !== 'parent',
  )
  return { positions, fingerprintOf: fingerprintsOf(positions.map((index) => columns[index]?.name ?? '')) }
}

function compositeParent(child: string, table: TargetTable): DefinitionError {
  return new DefinitionError(
    'pipeline.composite_reference',
    `${child} holds the key of ${table.name}, whose key has several columns.`,
    {
      hint: 'Give the table a key of one column, or leave `parent()` out and compute the columns from $parent.',
    },
  )
}

function wantedKeys(
  pipeline: CompiledMapping,
  table: TargetTable,
  columns: readonly PreparedColumn[],
): readonly UniqueKey[] {
  if (pipeline.match === 'every-unique') return table.uniqueKeys
  const nameOf = (property: string) =>
    columns.find((column) => column.property === property)?.name ?? property
  return pipeline.match.map((properties) => {
    const names = new Set(properties.map(nameOf))
    const key = table.uniqueKeys.find(
      (candidate) =>
        candidate.columns.length === names.size && candidate.columns.every((name) => names.has(name)),
    )
    if (key !== undefined) return key
    throw new DefinitionError(
      'pipeline.no_such_key',
      `${pipeline.name} matches on ${properties.join(' + ')}, but ${table.name} has no unique key of these columns.`,
      {
        hint: `Its unique keys are ${table.uniqueKeys.map((candidate) => `${candidate.name} (${candidate.columns.join(', ')})`).join('; ')}.`,
      },
    )
  })
}
