import { DefinitionError } from '../errors.js'
import type { CompiledColumn, CompiledMapping, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { bookkeepingColumns } from './bookkeeping-columns.js'
import { referredPipeline } from '../pipeline/referred-pipeline.js'
import { referredTable } from '../pipeline/referred-table.js'
import type { MissingReference } from '../record/column.js'
import { fingerprintsOf } from '../record/fingerprint.js'
import { takesPart } from '../target/takes-part.js'
import type { TableColumn, TargetTable, UniqueKey } from '../target/table.js'

/** A column that is given, with the live column it goes to. */
export interface PreparedColumn extends CompiledColumn {
  /** Its name as JSON, as the ledger's marks have it. */
  readonly quoted: string
  readonly live: TableColumn
  /** Canonical text of what carryover fills in by itself; undefined for what is made from the record. */
  readonly fixed?: string | null
}

/** Where a reference leads. */
export interface Parent {
  /** Undefined for rows that no pipeline imports. */
  readonly pipeline: string | undefined
  readonly table: TargetTable
  /** The referenced table's column to look up, instead of the legacy key. */
  readonly by: string | undefined
  readonly missing: MissingReference
  /** The pipeline refers to its own rows: what is missing may still come. */
  readonly own: boolean
  /** The pipeline it leads to runs later: the column is filled by a second pass. */
  readonly late: boolean
}

/** A pipeline, or a child of one, beside the live table it writes to. */
export interface PreparedPipeline {
  readonly pipeline: CompiledMapping
  readonly table: TargetTable
  readonly columns: readonly PreparedColumn[]
  /** Names of all columns that are given, in order. */
  readonly names: readonly string[]
  /** Names of those whose difference counts: not the row key, not what is for new or changed rows alone. */
  readonly compared: readonly string[]
  readonly isCompared: ReadonlySet<string>
  /** Where those stand that make the fingerprint of a record, and what makes it of their texts. */
  readonly counted: {
    readonly positions: readonly number[]
    readonly fingerprintOf: (texts: readonly (string | null)[]) => string
  }
  /** Unique keys that records are matched on. */
  readonly keys: readonly string[]
  /** Unique keys the pipeline does not provide, or is told not to match on. */
  readonly unusedKeys: readonly string[]
  /** By index of the column. */
  readonly parents: ReadonlyMap<number, Parent>
  /** Names of the columns that are written with every change, whatever the record says. */
  readonly stamps: readonly string[]
  /** Names of the columns of its table that other pipelines give too. */
  readonly others: ReadonlySet<string>
  readonly children: readonly PreparedPipeline[]
}

/** What a pipeline is prepared in. */
interface Project {
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
  project: Project,
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
  const parents = new Map<number, Parent>()
  for (const [index, column] of columns.entries()) {
    if (column.rule.kind !== 'reference') continue
    const name = referredPipeline(column.rule)
    const parent = await tableOf(name ?? (referredTable(column.rule) as CompiledMapping['target']))
    const own = name === root || (name === undefined && parent.name === table.name)
    if (parent.rowKey.length !== 1) {
      throw new DefinitionError(
        'pipeline.composite_reference',
        `${pipeline.name}.${column.property} refers to ${parent.name}, whose key has several columns.`,
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
      own,
      late: isLate(pipeline, column),
    })
  }
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
    keys,
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

/** A pipeline with its children, theirs, and so on. */
export function familyOf(prepared: PreparedPipeline): PreparedPipeline[] {
  return [prepared, ...prepared.children.flatMap(familyOf)]
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
