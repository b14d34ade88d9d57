import { DefinitionError } from '../errors.js'
import type { CompiledColumn, CompiledMapping } from '../pipeline/compiled-pipeline.js'
import type { TargetTable } from '../target/table.js'
import type { ColumnType } from '../target/value/column-type.js'
import { encodeValue } from '../target/value/encode-value.js'

/** A column that carryover keeps, with the text that a new row gets. */
export interface KeptColumn extends CompiledColumn {
  readonly fixed: string | null
}

/**
 * The book-keeping columns of a mapping: set on insert, on a change, or when a record returns; a record has no word in it.
 * @throws DefinitionError `target.version_type` when versions cannot be counted
 */
export function bookkeepingColumns(
  { bookkeeping }: CompiledMapping,
  table: TargetTable,
  startedAt: Date,
): KeptColumn[] {
  const now = (name: string) => {
    const column = table.columns.find((candidate) => candidate.name === name)
    return column === undefined ? startedAt.toISOString() : instantText(column.type, startedAt)
  }
  const kept = (
    name: string | undefined,
    timing: CompiledColumn['timing'],
    textOf: (name: string) => string | null,
  ): KeptColumn[] => {
    if (name === undefined) return []
    const fixed = textOf(name)
    return [
      { property: name, name, rule: { kind: 'constant', value: fixed }, timing, toDriver: undefined, fixed },
    ]
  }
  const version = table.columns.find(({ name }) => name === bookkeeping.version)
  if (version !== undefined && version.type.kind !== 'integer')
    throw new DefinitionError(
      'target.version_type',
      `The column ${version.name} of ${table.name} counts changes (\`bookkeeping.version\`), and takes no integer.`,
      { hint: 'Make it an integer, or take `version` out of the `bookkeeping` of the configuration.' },
    )
  return [
    ...kept(bookkeeping.createdAt, 'insert', now),
    ...kept(bookkeeping.updatedAt, 'change', now),
    ...kept(bookkeeping.version, 'change', () => '1'),
    ...kept(bookkeeping.deletedAt, 'return', () => null),
  ]
}

/** An instant as a column takes it; where it keeps whole seconds alone, the second. */
export function instantText(type: ColumnType, instant: Date): string {
  const whole = new Date(Math.floor(instant.getTime() / 1000) * 1000)
  for (const value of [instant, whole]) {
    const encoded = encodeValue(type, value)
    if ('text' in encoded && encoded.text !== null) return encoded.text
  }
  return instant.toISOString()
}
